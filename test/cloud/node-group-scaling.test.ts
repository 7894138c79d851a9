import { join } from "node:path";
import { EksCluster } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { SecretsEncryption } from "@groundwork/constructs/aws/eks/cluster/secrets-encryption";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { createBackend } from "@groundwork/stacks/backend";
import { environments } from "../support/environments/index";
import { createAwsProvider } from "@groundwork/stacks/providers/aws";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { App, TerraformStack } from "cdktf";
import { LocalCloud } from "./support/local-cloud";

interface NodeGroup {
  readonly scalingConfig: object;
  readonly resources: { readonly autoScalingGroups: readonly { readonly name: string }[] };
}

const REGION = Region.of("us-west-2");
const ID = "node-group-scaling";

/** A stack with a cluster and one node group. */
function synthesize(directory: string, scaling: Scaling): SynthesizedStack {
  const [environment] = environments.filter(({ name }) => name === "local");
  if (environment === undefined) throw new Error("no local environment");
  const outdir = join(directory, `${ID}.out`);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, ID);
  createBackend(stack, environment);
  createAwsProvider(stack, environment, REGION);
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: REGION.zones("a", "b"),
    tiers: [Tier.private({ endpointsOnly: true })],
    nat: Nat.none(),
  });
  const cluster = new EksCluster(stack, "Cluster", {
    network,
    clusterName: "scaling",
    version: KubernetesVersion.V1_35,
    secretsEncryption: SecretsEncryption.keyOfAws(),
  });
  cluster.addNodeGroup("General", { instanceTypes: ["m7g.large"], nodeGroupName: "general", scaling });
  app.synth();
  return new SynthesizedStack(ID, join(outdir, "stacks", ID));
}

describe("the number of nodes, with the real AWS provider and an EKS that rejects what EKS rejects", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
  });

  afterAll(() => cloud.stop());

  const call = async (path: string, body?: object) => {
    const response = await fetch(`${cloud.endpoint}/clusters/scaling/node-groups/general${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION.name}/eks/aws4_request, SignedHeaders=host, Signature=0`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as { nodegroup?: NodeGroup; message?: string };
  };
  const scaling = async () => (await call("")).nodegroup?.scalingConfig;

  /** Calls the Auto Scaling service, as the autoscaler does: EKS learns of the change from the group. */
  async function callGroup(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const response = await fetch(cloud.endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION.name}/autoscaling/aws4_request, SignedHeaders=host, Signature=0`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ Action: action, Version: "2011-01-01", ...parameters }).toString(),
    });
    expect(response.status).toBe(200);
    return response.text();
  }
  const groupName = async () => (await call("")).nodegroup?.resources.autoScalingGroups[0]?.name ?? "";
  const setByAutoscaler = async (desired: number) =>
    callGroup("SetDesiredCapacity", { AutoScalingGroupName: await groupName(), DesiredCapacity: `${desired}` });
  const group = async () =>
    callGroup("DescribeAutoScalingGroups", { "AutoScalingGroupNames.member.1": await groupName() });

  async function apply(next: Scaling): Promise<readonly string[]> {
    const terraform = await cloud.terraform(synthesize(cloud.directory, next));
    return (await terraform.apply()).errors;
  }

  async function drift(next: Scaling): Promise<string> {
    return (await cloud.terraform(synthesize(cloud.directory, next))).drift();
  }

  test("is kept where the autoscaler sets it; bounds that exclude it fail in the plan, and two steps apply them", async () => {
    expect(await apply(Scaling.between(1, 3))).toEqual([]);
    await setByAutoscaler(2);
    expect(await scaling()).toMatchObject({ desiredSize: 2 });
    expect((await call("/update-config", { scalingConfig: { minSize: 3 } })).message).toMatch(/can't be greater/);
    expect(await drift(Scaling.between(1, 3))).toBe("");

    // The current number of nodes stays possible: one step.
    expect(await apply(Scaling.between(2, 5))).toEqual([]);
    expect(await scaling()).toMatchObject({ minSize: 2, desiredSize: 2, maxSize: 5 });

    const rejected = await apply(Scaling.between(3, 6));
    expect(rejected).toEqual([
      expect.stringMatching(/^Error: Resource postcondition failed\nEKS028 .*Scaling\.manual/),
    ]);
    expect(await scaling()).toMatchObject({ minSize: 2, desiredSize: 2, maxSize: 5 });
    expect(await apply(Scaling.manual(3, 6, { desired: 3 }))).toEqual([]);
    expect(await apply(Scaling.between(3, 6))).toEqual([]);
    expect(await scaling()).toMatchObject({ minSize: 3, desiredSize: 3, maxSize: 6 });
    expect(await drift(Scaling.between(3, 6))).toBe("");
  });

  test("is that of the code with a fixed number, which can be raised and lowered", async () => {
    for (const nodes of [4, 2]) {
      expect(await apply(Scaling.fixed(nodes))).toEqual([]);
      expect(await scaling()).toMatchObject({ minSize: nodes, desiredSize: nodes, maxSize: nodes });
      expect((await group()).match(/<InstanceId>/g)).toHaveLength(nodes);
    }
    expect(await drift(Scaling.fixed(2))).toBe("");
    const terraform = await cloud.terraform(synthesize(cloud.directory, Scaling.fixed(2)));
    expect((await terraform.destroy()).errors).toEqual([]);
  });
});
