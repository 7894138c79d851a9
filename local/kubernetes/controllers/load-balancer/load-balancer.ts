import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
  ModifyLoadBalancerAttributesCommand,
  paginateDescribeLoadBalancers,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancerModel } from "./model";
import type { ClusterNetwork } from "./subnets";
import { asList, CLUSTER_TAG, hasTags, resourceTags, tagsOf } from "./tags";

const RESOURCE = "LoadBalancer";

/** The load balancers of a cluster. */
export class LoadBalancers {
  constructor(
    private readonly elb: ElasticLoadBalancingV2Client,
    private readonly network: ClusterNetwork,
  ) {}

  /** Creates or changes a load balancer. One with another name or scheme is replaced, since neither can be changed. */
  async apply(
    model: LoadBalancerModel,
    subnets: readonly string[],
    securityGroups: readonly string[],
  ): Promise<LoadBalancer> {
    let found = await this.find(model.stack);
    if (found !== undefined && (found.LoadBalancerName !== model.name || found.Scheme !== model.scheme)) {
      await this.delete(model.stack);
      found = undefined;
    }
    const balancer = found ?? (await this.create(model, subnets, securityGroups));
    const { LoadBalancerArn } = balancer;
    if (found !== undefined) await this.change(found, subnets, securityGroups);
    const Attributes = asList(model.attributes);
    if (Attributes.length > 0)
      await this.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    return balancer;
  }

  /** Deletes the load balancer of a group, with its listeners and rules. */
  async delete(stack: string): Promise<void> {
    const found = await this.find(stack);
    if (found !== undefined)
      await this.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: found.LoadBalancerArn }));
  }

  /** Whether the cluster has a load balancer. */
  async any(): Promise<boolean> {
    return (await this.tagged({ [CLUSTER_TAG]: this.network.cluster })).length > 0;
  }

  private async find(stack: string): Promise<LoadBalancer | undefined> {
    return (await this.tagged(resourceTags(this.network.cluster, stack, RESOURCE)))[0];
  }

  private async tagged(expected: Readonly<Record<string, string>>): Promise<readonly LoadBalancer[]> {
    const all: LoadBalancer[] = [];
    for await (const { LoadBalancers: page = [] } of paginateDescribeLoadBalancers({ client: this.elb }, {}))
      all.push(...page.filter(({ VpcId }) => VpcId === this.network.vpcId));
    const tags = await tagsOf(
      this.elb,
      all.map(({ LoadBalancerArn = "" }) => LoadBalancerArn),
    );
    return all.filter(({ LoadBalancerArn = "" }) => hasTags(tags.get(LoadBalancerArn) ?? {}, expected));
  }

  private async create(
    model: LoadBalancerModel,
    subnets: readonly string[],
    securityGroups: readonly string[],
  ): Promise<LoadBalancer> {
    const { LoadBalancers: [created] = [] } = await this.elb.send(
      new CreateLoadBalancerCommand({
        Name: model.name,
        Type: "application",
        Scheme: model.scheme,
        IpAddressType: model.ipAddressType as "ipv4" | "dualstack",
        Subnets: [...subnets],
        SecurityGroups: [...securityGroups],
        Tags: asList({ ...model.tags, ...resourceTags(this.network.cluster, model.stack, RESOURCE) }),
      }),
    );
    if (created === undefined) throw new Error(`the load balancer ${model.name} was not created`);
    return created;
  }

  private async change(
    { LoadBalancerArn, AvailabilityZones = [], SecurityGroups = [] }: LoadBalancer,
    subnets: readonly string[],
    securityGroups: readonly string[],
  ): Promise<void> {
    const current = AvailabilityZones.map(({ SubnetId = "" }) => SubnetId);
    if (!isSameSet(current, subnets))
      await this.elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [...subnets] }));
    if (!isSameSet(SecurityGroups, securityGroups))
      await this.elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [...securityGroups] }));
  }
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}
