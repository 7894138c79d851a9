import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { awsCommandLine } from "@groundwork/cli/sweep/aws";
import type { Aws } from "@groundwork/cli/sweep/aws";
import { sweepCommand } from "@groundwork/cli/sweep/command";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

describe("what programs of a cluster have left behind", () => {
  let cloud: LocalCloud;
  let stack: SynthesizedStack;
  let aws: Aws;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
    stack = found(synth(cloud.directory, "local"), "local-eks");
    aws = awsCommandLine({ region: stack.region, env: cloud.env, endpoint: cloud.endpoint });
  });

  afterAll(() => cloud.stop());

  const sweep = async (remove: boolean) => {
    const said: string[] = [];
    const strays = await sweepCommand(
      { environment: "local", delete: remove, output: `${cloud.directory}/cdktf.out`, endpoint: cloud.endpoint },
      (text) => said.push(text),
    );
    return { said: said.join("\n"), names: strays.map(({ kind, name }) => `${kind} ${name}`) };
  };

  test("is found and shown, then deleted; another cluster's and Terraform's own stay", async () => {
    const [[, cluster] = []] = [...stack.resources("aws_eks_cluster")];
    const ours = String(cluster?.["name"]);
    const [network, elsewhere] = await Promise.all([makeNetwork(), makeNetwork()]);
    remember(network.id);
    await Promise.all([
      makeLoadBalancer("ours", network, ours),
      makeLoadBalancer("theirs", network, "another"),
      makeLoadBalancer("elsewhere", elsewhere, ours),
      makeInterface(network, ours),
    ]);
    const before = await standing();

    const dry = await sweep(false);
    expect(dry.names).toEqual([
      "load balancer ours",
      "target group ours",
      expect.stringMatching(/^security group rule of sg-\w+, about ours$/),
      "network interface aws-K8S-i-1",
      "security group ours",
    ]);
    expect(dry.said).toContain("npm run sweep -- local --delete");
    expect(await standing()).toEqual(before);

    await sweep(true);
    expect((await sweep(false)).names).toEqual([]);
    expect(await standing()).toEqual(before.filter((name) => !/ours|aws-K8S/.test(name)));
  });

  async function makeNetwork(): Promise<{ id: string; subnets: readonly string[] }> {
    const { Vpc } = await ask<{ Vpc: { VpcId: string } }>("ec2 create-vpc --cidr-block 10.9.0.0/16");
    const subnet = async (block: string, zone: string) =>
      await ask<{ Subnet: { SubnetId: string } }>(
        `ec2 create-subnet --vpc-id ${Vpc.VpcId} --cidr-block ${block} --availability-zone ${stack.region}${zone}`,
      );
    const made = [await subnet("10.9.0.0/24", "a"), await subnet("10.9.1.0/24", "c")];
    return { id: Vpc.VpcId, subnets: made.map(({ Subnet }) => Subnet.SubnetId) };
  }

  /** As the controller makes them: a group of its own, which the nodes' group lets in. */
  async function makeLoadBalancer(
    name: string,
    { id, subnets }: { id: string; subnets: readonly string[] },
    owner: string,
  ): Promise<void> {
    const tag = `Key=elbv2.k8s.aws/cluster,Value=${owner}`;
    const group = await makeGroup(name, id, `ResourceType=security-group,Tags=[{${tag}}]`);
    const nodes = await makeGroup(`nodes-under-${name[0] ?? ""}`, id);
    await aws([
      ...words(`ec2 authorize-security-group-ingress --group-id ${nodes} --ip-permissions`),
      `IpProtocol=tcp,FromPort=80,ToPort=80,UserIdGroupPairs=[{GroupId=${group}}]`,
    ]);
    await aws([
      ...words(`elbv2 create-load-balancer --name ${name} --type application --security-groups ${group}`),
      ...["--subnets", ...subnets, "--tags", tag],
    ]);
    await aws(words(`elbv2 create-target-group --name ${name} --protocol HTTP --port 80 --vpc-id ${id} --tags ${tag}`));
  }

  async function makeGroup(name: string, network: string, tags?: string): Promise<string> {
    const { GroupId } = await ask<{ GroupId: string }>(
      `ec2 create-security-group --group-name ${name} --description test --vpc-id ${network}` +
        (tags === undefined ? "" : ` --tag-specifications ${tags}`),
    );
    return GroupId;
  }

  async function makeInterface({ subnets }: { subnets: readonly string[] }, owner: string): Promise<void> {
    const tags = `ResourceType=network-interface,Tags=[{Key=cluster.k8s.amazonaws.com/name,Value=${owner}}]`;
    await ask(
      `ec2 create-network-interface --subnet-id ${subnets[0] ?? ""} --description aws-K8S-i-1 --tag-specifications ${tags}`,
    );
  }

  /** Lets Terraform's state know the network, as after a destroy that stopped half-way. */
  function remember(id: string): void {
    const [address = ""] = [...stack.resources("aws_vpc").keys()];
    const instances = [{ attributes: { id } }];
    const resources = [{ mode: "managed", type: "aws_vpc", name: address.replace("aws_vpc.", ""), instances }];
    mkdirSync(dirname(stack.stateFile ?? ""), { recursive: true });
    writeFileSync(stack.stateFile ?? "", JSON.stringify({ resources }));
  }

  /** Names of everything of these kinds, whoever's it is. */
  async function standing(): Promise<readonly string[]> {
    const [{ LoadBalancers }, { TargetGroups }, { SecurityGroups }, { NetworkInterfaces }] = await Promise.all([
      ask<{ LoadBalancers: { LoadBalancerName: string }[] }>("elbv2 describe-load-balancers"),
      ask<{ TargetGroups: { TargetGroupName: string }[] }>("elbv2 describe-target-groups"),
      ask<{ SecurityGroups: { GroupName: string }[] }>("ec2 describe-security-groups"),
      ask<{ NetworkInterfaces: { Description: string }[] }>("ec2 describe-network-interfaces"),
    ]);
    return [
      ...LoadBalancers.map(({ LoadBalancerName }) => `balancer ${LoadBalancerName}`),
      ...TargetGroups.map(({ TargetGroupName }) => `targets ${TargetGroupName}`),
      ...SecurityGroups.map(({ GroupName }) => `group ${GroupName}`),
      ...NetworkInterfaces.map(({ Description }) => `interface ${Description}`),
    ].sort();
  }

  async function ask<T>(command: string): Promise<T> {
    return (await aws(words(command))) as T;
  }
});

function words(command: string): readonly string[] {
  return command.split(" ");
}

function found(stacks: readonly SynthesizedStack[], id: string): SynthesizedStack {
  const stack = stacks.find((one) => one.id === id);
  if (stack === undefined) throw new Error(`no stack ${id}`);
  return stack;
}
