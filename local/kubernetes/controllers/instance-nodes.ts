import {
  DescribeInstanceTypesCommand,
  DescribeSubnetsCommand,
  type Instance,
  type InstanceTypeInfo,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import { Cidr } from "@groundwork/constructs/core";
import type { NodeGroup } from "../../aws/gateway/rules/eks/memory";
import type { AwsAccount, AwsRegion } from "./aws-account";

/** A node of the local Kubernetes, as one instance of a node group. */
export interface InstanceNode {
  readonly name: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly address: string;
  /** Id of its network interface, which also has the addresses of its pods. */
  readonly networkInterface: string;
  /** Security groups of the interface. */
  readonly securityGroups: readonly string[];
  readonly type: InstanceTypeInfo;
  /** The block of the instance's subnet. */
  readonly subnet: Cidr;
  readonly group: NodeGroup;
}

const MAX_AGE_MS = 500;

function placeOf({ Placement, NetworkInterfaces: [networkInterface] = [], SecurityGroups = [] }: Instance) {
  return {
    zone: Placement?.AvailabilityZone ?? "",
    networkInterface: networkInterface?.NetworkInterfaceId ?? "",
    securityGroups: SecurityGroups.map(({ GroupId = "" }) => GroupId),
  };
}

/** The running instances of all node groups. */
export class Instances {
  private readonly types = new Map<string, InstanceTypeInfo>();
  private readonly subnets = new Map<string, Cidr>();
  private listed: { readonly at: number; readonly nodes: Promise<readonly InstanceNode[]> } | undefined;

  constructor(private readonly aws: AwsAccount) {}

  /** The instances as they were at most half a second ago: several controllers read them at the same time. */
  list(): Promise<readonly InstanceNode[]> {
    const now = Date.now();
    if (this.listed === undefined || now - this.listed.at > MAX_AGE_MS) this.listed = { at: now, nodes: this.read() };
    return this.listed.nodes;
  }

  private async read(): Promise<readonly InstanceNode[]> {
    const groups = await this.aws.nodeGroups();
    const regions = [...new Set(groups.map(({ region }) => region))];
    const found = regions.map((region) =>
      this.listIn(
        this.aws.region(region),
        groups.filter((group) => group.region === region),
      ),
    );
    return (await Promise.all(found)).flat();
  }

  private async listIn(region: AwsRegion, groups: readonly NodeGroup[]): Promise<readonly InstanceNode[]> {
    if (groups.length === 0) return [];
    const Filters = [
      { Name: "tag:aws:autoscaling:groupName", Values: groups.map(({ scalingGroup }) => scalingGroup) },
      { Name: "instance-state-name", Values: ["pending", "running"] },
    ];
    const nodes: InstanceNode[] = [];
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: region.ec2 }, { Filters }))
      for (const instance of Reservations.flatMap(({ Instances: instances = [] }) => instances)) {
        const node = await this.nodeOf(region, groups, instance);
        if (node !== undefined) nodes.push(node);
      }
    return nodes;
  }

  private async nodeOf(
    region: AwsRegion,
    groups: readonly NodeGroup[],
    instance: Instance,
  ): Promise<InstanceNode | undefined> {
    const owner = instance.Tags?.find(({ Key }) => Key === "aws:autoscaling:groupName")?.Value;
    const group = groups.find(({ scalingGroup }) => scalingGroup === owner);
    const { InstanceId = "", InstanceType = "", PrivateIpAddress: address = "", SubnetId = "" } = instance;
    if (group === undefined || address === "") return undefined;
    return {
      name: `ip-${address.replaceAll(".", "-")}.${region.name}.compute.internal`,
      instanceId: InstanceId,
      address,
      ...placeOf(instance),
      type: await this.type(region, InstanceType),
      subnet: await this.subnet(region, SubnetId),
      group,
    };
  }

  private async type(region: AwsRegion, name: string): Promise<InstanceTypeInfo> {
    const known = this.types.get(name);
    if (known !== undefined) return known;
    const InstanceTypes = [name] as InstanceTypeInfo["InstanceType"][] as never;
    const { InstanceTypes: [found] = [] } = await region.ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes }));
    if (found === undefined) throw new Error(`the emulated EC2 does not have the instance type ${name}`);
    this.types.set(name, found);
    return found;
  }

  private async subnet(region: AwsRegion, id: string): Promise<Cidr> {
    const known = this.subnets.get(id);
    if (known !== undefined) return known;
    const { Subnets: [found] = [] } = await region.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
    const block = Cidr.parse(found?.CidrBlock ?? "");
    this.subnets.set(id, block);
    return block;
  }
}
