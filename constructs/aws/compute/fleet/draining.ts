import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { Construct } from "constructs";
import type { Duration } from "../../../core/duration";
import { Statement } from "../../iam/statement";

/** Properties of {@link Draining}. */
export interface DrainingProps {
  readonly groupName: string;
  readonly time: Duration;
}

/** The lifecycle hook that lets machines finish their work before they are terminated. Created by `Fleet`. */
export class Draining extends Construct {
  /** Permission of a machine to end its draining before the time is over. */
  static permission(groupArn: string): Statement {
    return Statement.allow({
      sid: "CompleteDraining",
      actions: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
      resources: [groupArn],
    });
  }

  constructor(scope: Construct, id: string, { groupName, time }: DrainingProps) {
    super(scope, id);
    this.node.defaultChild = new AutoscalingLifecycleHook(this, "Resource", {
      name: "draining",
      autoscalingGroupName: groupName,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: time.toSeconds(),
      defaultResult: "CONTINUE",
    });
  }
}
