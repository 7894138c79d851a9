import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterNamesOf, expectedCluster } from "@groundwork/cli/demo/facts/cluster/expected";
import { expectedObjects } from "@groundwork/cli/demo/facts/kubernetes/expected";
import { requiredParts } from "@groundwork/local/parts";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { synthesized } from "../../../../support/fixture";
import { stackOf } from "../../../../support/stacks";

describe("the facts that the demo expects of the cluster's stacks", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-expected-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function written(id: string): SynthesizedStack {
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(synthesized(stackOf(id))));
    return new SynthesizedStack(id, directory);
  }

  test("contain the lab's cluster, its node group and its repositories", () => {
    expect(expectedCluster(written("lab-eks"))).toEqual(
      expect.arrayContaining([
        { subject: "cluster eks-demo", value: "Kubernetes 1.33, private and public endpoint, 5 log types" },
        { subject: "node group node-group", value: "3 of 3 to 5 m5.large" },
        { subject: "repository demo-frontend", value: "mutable tags, scanned on push" },
      ]),
    );
  });

  test("contain the cluster that a later stack looks up, and its charts", () => {
    const stack = written("lab-eks-addons");
    expect(clusterNamesOf(stack)).toEqual(["eks-demo"]);
    expect(expectedObjects(stack)).toContainEqual({
      subject: "release aws-load-balancer-controller",
      value: "chart aws-load-balancer-controller 1.13.3",
    });
    expect(requiredParts(stack)).toEqual(["kubernetes"]);
    expect(requiredParts(written("lab-site"))).toEqual([]);
    expect(requiredParts(written("lab-nhn"))).toEqual(["openstack"]);
  });
});
