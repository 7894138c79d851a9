import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HealthCheckModel, LoadBalancerModel, TargetGroupModel } from "./model";
import type { ClusterNetwork } from "./subnets";
import { asList, CLUSTER_TAG, hasTags, RESOURCE_TAG, resourceTags, STACK_TAG, tagsOf } from "./tags";

/** A pod or node behind a target group. */
export interface Target {
  readonly id: string;
  readonly port: number;
}

/** The target groups of a load balancer. */
export class TargetGroups {
  constructor(
    private readonly elb: ElasticLoadBalancingV2Client,
    private readonly network: ClusterNetwork,
  ) {}

  /** Creates and changes the target groups of a load balancer; returns their ARNs by key. */
  async apply(model: LoadBalancerModel): Promise<ReadonlyMap<string, string>> {
    const existing = await this.existing(model.stack);
    const arns = new Map<string, string>();
    for (const group of model.targetGroups) {
      const found = existing.find(({ TargetGroupName }) => TargetGroupName === group.name);
      const arn = found?.TargetGroupArn ?? (await this.create(model, group));
      if (found !== undefined)
        await this.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: arn, ...checks(group) }));
      if (Object.keys(group.attributes).length > 0)
        await this.elb.send(
          new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes: asList(group.attributes) }),
        );
      arns.set(group.key, arn);
    }
    return arns;
  }

  /** Registers the targets of a group and deregisters those that are gone. */
  async setTargets(TargetGroupArn: string, expected: readonly Target[]): Promise<void> {
    const { TargetHealthDescriptions = [] } = await this.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    const current = TargetHealthDescriptions.flatMap(({ Target: target }) => (target === undefined ? [] : [target]));
    const key = ({ Id, Port }: TargetDescription) => `${Id ?? ""}:${Port ?? ""}`;
    const targets = expected.map(({ id: Id, port: Port }) => ({ Id, Port }));
    const added = targets.filter((each) => !current.some((other) => key(each) === key(other)));
    const removed = current.filter((each) => !targets.some((other) => key(each) === key(other)));
    if (added.length > 0) await this.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: added }));
    if (removed.length > 0)
      await this.elb.send(
        new DeregisterTargetsCommand({ TargetGroupArn, Targets: removed.map(({ Id, Port }) => ({ Id, Port })) }),
      );
  }

  /** Deletes the target groups of a load balancer that it no longer has. */
  async deleteOthers(stack: string, kept: readonly string[]): Promise<void> {
    for (const { TargetGroupArn = "" } of await this.existing(stack))
      if (!kept.includes(TargetGroupArn)) await this.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  }

  private async existing(stack: string): Promise<readonly TargetGroup[]> {
    const all: TargetGroup[] = [];
    for await (const { TargetGroups: page = [] } of paginateDescribeTargetGroups({ client: this.elb }, {}))
      all.push(...page.filter(({ VpcId }) => VpcId === this.network.vpcId));
    const tags = await tagsOf(
      this.elb,
      all.map(({ TargetGroupArn = "" }) => TargetGroupArn),
    );
    const own = { [CLUSTER_TAG]: this.network.cluster, [STACK_TAG]: stack };
    return all.filter(({ TargetGroupArn = "" }) => {
      const found = tags.get(TargetGroupArn) ?? {};
      return hasTags(found, own) && found[RESOURCE_TAG] !== undefined;
    });
  }

  private async create(model: LoadBalancerModel, group: TargetGroupModel): Promise<string> {
    const { TargetGroups: [created] = [] } = await this.elb.send(
      new CreateTargetGroupCommand({
        Name: group.name,
        TargetType: group.targetType,
        VpcId: this.network.vpcId,
        Protocol: group.protocol as "HTTP" | "HTTPS",
        ProtocolVersion: group.protocolVersion,
        Port: group.port,
        ...checks(group),
        Tags: asList({ ...model.tags, ...resourceTags(this.network.cluster, model.stack, group.key) }),
      }),
    );
    return created?.TargetGroupArn ?? "";
  }
}

function checks({ healthCheck, protocolVersion }: TargetGroupModel) {
  const { path, port, protocol, codes }: HealthCheckModel = healthCheck;
  return {
    HealthCheckEnabled: true,
    HealthCheckPath: path,
    HealthCheckPort: port,
    HealthCheckProtocol: protocol as "HTTP" | "HTTPS",
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: protocolVersion === "GRPC" ? { GrpcCode: codes } : { HttpCode: codes },
  };
}
