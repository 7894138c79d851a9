import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { Schedule } from "./schedule";

/** Names of scheduled actions. Source: PutScheduledUpdateGroupAction in the Auto Scaling API reference. */
const NAME = { service: "scheduled action", maxLength: 255, pattern: /^[\w.\-/ ]+$/ };

/** The scheduled action of a fleet. Created by `Fleet`. */
export class FleetSchedule extends Construct {
  constructor(scope: Construct, id: string, props: { readonly groupName: string; readonly schedule: Schedule }) {
    super(scope, id);
    const { expression, timeZone, size } = props.schedule;
    this.node.defaultChild = new AutoscalingSchedule(this, "Resource", {
      scheduledActionName: Name.of(this).fit(NAME),
      autoscalingGroupName: props.groupName,
      recurrence: expression,
      timeZone,
      minSize: size.min,
      maxSize: size.max,
      desiredCapacity: size.desired,
    });
  }
}
