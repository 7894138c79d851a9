import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration,
} from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { ITargetGroup } from "../../load-balancer/target-group";
import { CMP015 } from "../rules";

/** Names of scaling policies. Source: PutScalingPolicy in the Auto Scaling API reference; they are unique within a group. */
const NAME = { service: "scaling policy", maxLength: 255, pattern: /^[\w.\-/]+$/ };

type Tracking = AutoscalingPolicyTargetTrackingConfiguration;

/**
 * Defines a value that a fleet keeps by adding and removing machines (target tracking).
 *
 * @example ScalingPolicy.cpu(60); ScalingPolicy.requestsPerMachine(targetGroup, 1_000)
 */
export class ScalingPolicy {
  /** Average CPU utilization in percent, 10 to 90: at 60 to 70 the machines can take more load until a new one works. */
  static cpu(percent: number): ScalingPolicy {
    checkTarget(percent, 10, 90, "percent of CPU");
    return new ScalingPolicy("cpu", () => predefined("ASGAverageCPUUtilization", percent));
  }

  /** Requests per minute and machine, from an application load balancer. */
  static requestsPerMachine(targetGroup: ITargetGroup, requests: number): ScalingPolicy {
    checkTarget(requests, 1, 1_000_000, "requests per minute and machine");
    return new ScalingPolicy(
      "requests",
      () => {
        const { resourceLabel } = targetGroup;
        if (resourceLabel === undefined)
          throw CMP015.violation({
            given: `requests of ${targetGroup.node.path}, which is behind no application load balancer`,
            fix: "forward a listener of an ApplicationLoadBalancer to the target group first",
          });
        return predefined("ALBRequestCountPerTarget", requests, resourceLabel);
      },
      targetGroup,
    );
  }

  private constructor(
    /** Construct id of the policy. */
    readonly id: string,

    /** @internal */
    readonly tracking: () => Tracking,
    /** Target group whose requests are counted. */
    readonly targetGroup?: ITargetGroup,
  ) {}
}

/** The target tracking policy of a fleet. Created by `Fleet`. */
export class FleetPolicy extends Construct {
  constructor(scope: Construct, id: string, props: { readonly groupName: string; readonly policy: ScalingPolicy }) {
    super(scope, id);
    this.node.defaultChild = new AutoscalingPolicy(this, "Resource", {
      name: Name.of(this).fit(NAME),
      autoscalingGroupName: props.groupName,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: props.policy.tracking(),
      // The metric exists once the listener forwards to the target group.
      dependsOn: [...(props.policy.targetGroup?.listeners ?? [])],
    });
  }
}

function predefined(type: string, targetValue: number, resourceLabel?: string): Tracking {
  const label = resourceLabel === undefined ? {} : { resourceLabel };
  return { targetValue, predefinedMetricSpecification: { predefinedMetricType: type, ...label } };
}

function checkTarget(value: number, min: number, max: number, unit: string): void {
  if (value >= min && value <= max) return;
  throw CMP015.violation({ given: `a target of ${value} ${unit}`, fix: `use ${min} to ${max}` });
}
