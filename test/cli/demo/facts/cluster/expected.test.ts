import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterNamesOf, wantedCluster } from "@groundwork/cli/demo/facts/cluster/expected";
import { wantedObjects } from "@groundwork/cli/demo/facts/kubernetes/expected";
import { requiredParts } from "@groundwork/local/parts";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { synthesized } from "../../../../support/fixture";
import { stackOf } from "../../../../support/stacks";

describe("what the demo wants of the cluster's stacks", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-wanted-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function written(id: string): SynthesizedStack {
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(synthesized(stackOf(id))));
    return new SynthesizedStack(id, directory);
  }

  test("is the lab's cluster, its machines and its repositories", () => {
    expect(wantedCluster(written("lab-eks"))).toEqual(
      expect.arrayContaining([
        { subject: "cluster eks-demo", is: "Kubernetes 1.33, private and public endpoint, 5 kinds of logs" },
        { subject: "node group node-group", is: "3 of 3 to 5 m5.large" },
        { subject: "repository demo-frontend", is: "mutable tags, scanned on push" },
      ]),
    );
  });

  test("finds the cluster that a later stack works in, and its charts", () => {
    const stack = written("lab-eks-addons");
    expect(clusterNamesOf(stack)).toEqual(["eks-demo"]);
    expect(wantedObjects(stack)).toContainEqual({
      subject: "release aws-load-balancer-controller",
      is: "chart aws-load-balancer-controller 1.13.3",
    });
    expect(requiredParts(stack)).toEqual(["kubernetes"]);
    expect(requiredParts(written("lab-site"))).toEqual([]);
    expect(requiredParts(written("lab-nhn"))).toEqual(["openstack"]);
  });
});
