import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { listOf } from "@groundwork/cli/reporter";
import { sweepCommand } from "@groundwork/cli/sweep/command";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

describe("leftovers of a cluster's controllers", () => {
  let cloud: LocalCloud;
  let stack: SynthesizedStack;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
    stack = findStack(synth(cloud.directory, "local"), "local-eks");
  });

  afterAll(() => cloud.stop());

  const sweep = async (remove: boolean) => {
    const output: string[] = [];
    const leftovers = await sweepCommand(
      { environment: "local", delete: remove, output: `${cloud.directory}/cdktf.out`, endpoint: cloud.endpoint },
      (lines) => output.push(...listOf(lines).map(String)),
    );
    return { output: output.join("\n"), names: leftovers.map(({ kind, name }) => `${kind} ${name}`) };
  };

  test("are listed, then deleted; resources of another cluster and of Terraform are kept", async () => {
    const [[, cluster] = []] = [...stack.resources("aws_eks_cluster")];
    const name = String(cluster?.["name"]);
    const [network, elsewhere] = await Promise.all([createNetwork(), createNetwork()]);
    writeState(network.id);
    await Promise.all([
      createLoadBalancer("ours", network, name),
      createLoadBalancer("theirs", network, "another"),
      createLoadBalancer("elsewhere", elsewhere, name),
      createInterface(network, name),
    ]);
    const before = await existingNames();

    const dry = await sweep(false);
    expect(dry.names).toEqual([
      "load balancer ours",
      "target group ours",
      expect.stringMatching(/^security group rule of sg-\w+, references ours$/),
      "network interface aws-K8S-i-1",
      "security group ours",
    ]);
    expect(dry.output).toContain("npx groundwork sweep --environment local --delete");
    expect(await existingNames()).toEqual(before);

    await sweep(true);
    expect((await sweep(false)).names).toEqual([]);
    expect(await existingNames()).toEqual(before.filter((existing) => !/ours|aws-K8S/.test(existing)));
  });

  async function createNetwork(): Promise<{ id: string; subnets: readonly string[] }> {
    const { Vpc } = await run<{ Vpc: { VpcId: string } }>("ec2 create-vpc --cidr-block 10.9.0.0/16");
    const subnet = async (block: string, zone: string) =>
      await run<{ Subnet: { SubnetId: string } }>(
        `ec2 create-subnet --vpc-id ${Vpc.VpcId} --cidr-block ${block} --availability-zone ${stack.region}${zone}`,
      );
    const created = [await subnet("10.9.0.0/24", "a"), await subnet("10.9.1.0/24", "c")];
    return { id: Vpc.VpcId, subnets: created.map(({ Subnet }) => Subnet.SubnetId) };
  }

  /** Like the controller: with its own security group, which a rule of the nodes' group references. */
  async function createLoadBalancer(
    name: string,
    { id, subnets }: { id: string; subnets: readonly string[] },
    owner: string,
  ): Promise<void> {
    const tag = `Key=elbv2.k8s.aws/cluster,Value=${owner}`;
    const group = await createGroup(name, id, `ResourceType=security-group,Tags=[{${tag}}]`);
    const nodes = await createGroup(`nodes-under-${name[0] ?? ""}`, id);
    await aws([
      ...split(`ec2 authorize-security-group-ingress --group-id ${nodes} --ip-permissions`),
      `IpProtocol=tcp,FromPort=80,ToPort=80,UserIdGroupPairs=[{GroupId=${group}}]`,
    ]);
    await aws([
      ...split(`elbv2 create-load-balancer --name ${name} --type application --security-groups ${group}`),
      ...["--subnets", ...subnets, "--tags", tag],
    ]);
    await aws(split(`elbv2 create-target-group --name ${name} --protocol HTTP --port 80 --vpc-id ${id} --tags ${tag}`));
  }

  async function createGroup(name: string, network: string, tags?: string): Promise<string> {
    const { GroupId } = await run<{ GroupId: string }>(
      `ec2 create-security-group --group-name ${name} --description test --vpc-id ${network}` +
        (tags === undefined ? "" : ` --tag-specifications ${tags}`),
    );
    return GroupId;
  }

  async function createInterface({ subnets }: { subnets: readonly string[] }, owner: string): Promise<void> {
    const tags = `ResourceType=network-interface,Tags=[{Key=cluster.k8s.amazonaws.com/name,Value=${owner}}]`;
    await run(
      `ec2 create-network-interface --subnet-id ${subnets[0] ?? ""} --description aws-K8S-i-1 --tag-specifications ${tags}`,
    );
  }

  /** Writes a Terraform state with only the network, as after an incomplete destroy. */
  function writeState(id: string): void {
    const [address = ""] = [...stack.resources("aws_vpc").keys()];
    const instances = [{ attributes: { id } }];
    const resources = [{ mode: "managed", type: "aws_vpc", name: address.replace("aws_vpc.", ""), instances }];
    mkdirSync(dirname(stack.stateFile ?? ""), { recursive: true });
    writeFileSync(stack.stateFile ?? "", JSON.stringify({ resources }));
  }

  /** Names of all objects of these kinds, of any owner. */
  async function existingNames(): Promise<readonly string[]> {
    const [{ LoadBalancers }, { TargetGroups }, { SecurityGroups }, { NetworkInterfaces }] = await Promise.all([
      run<{ LoadBalancers: { LoadBalancerName: string }[] }>("elbv2 describe-load-balancers"),
      run<{ TargetGroups: { TargetGroupName: string }[] }>("elbv2 describe-target-groups"),
      run<{ SecurityGroups: { GroupName: string }[] }>("ec2 describe-security-groups"),
      run<{ NetworkInterfaces: { Description: string }[] }>("ec2 describe-network-interfaces"),
    ]);
    return [
      ...LoadBalancers.map(({ LoadBalancerName }) => `balancer ${LoadBalancerName}`),
      ...TargetGroups.map(({ TargetGroupName }) => `targets ${TargetGroupName}`),
      ...SecurityGroups.map(({ GroupName }) => `group ${GroupName}`),
      ...NetworkInterfaces.map(({ Description }) => `interface ${Description}`),
    ].sort();
  }

  async function run<T>(command: string): Promise<T> {
    return (await aws(split(command))) as T;
  }

  /** Runs the AWS CLI against the cloud; returns its JSON output. */
  async function aws(args: readonly string[]): Promise<unknown> {
    const settings = ["--region", stack.region, "--output", "json", "--endpoint-url", cloud.endpoint];
    const { stdout } = await promisify(execFile)(python(), ["-m", "awscli", ...args, ...settings], {
      env: { ...cloud.env, AWS_PAGER: "" },
    });
    return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as unknown);
  }
});

function split(command: string): readonly string[] {
  return command.split(" ");
}

function findStack(stacks: readonly SynthesizedStack[], id: string): SynthesizedStack {
  const stack = stacks.find((each) => each.id === id);
  if (stack === undefined) throw new Error(`no stack ${id}`);
  return stack;
}
