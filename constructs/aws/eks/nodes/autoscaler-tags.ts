import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { Construct } from "constructs";
import type { Taint } from "./taint";

export interface AutoscalerTagsProps {
  readonly clusterName: string;
  readonly autoScalingGroupName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

const PREFIX = "k8s.io/cluster-autoscaler";

/**
 * Tags by which the cluster autoscaler discovers a node group and knows labels and taints of an empty one. EKS does not copy tags
 * of a managed node group to its Auto Scaling group. Created by `NodeGroup`.
 */
export class AutoscalerTags extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerTagsProps) {
    super(scope, id);
    const add = (noun: string, key: string, value: string): void => {
      new AutoscalingGroupTagA(this, noun, {
        autoscalingGroupName: props.autoScalingGroupName,
        tag: { key, value, propagateAtLaunch: false },
      });
    };
    add("enabled", `${PREFIX}/enabled`, "true");
    add("cluster", `${PREFIX}/${props.clusterName}`, "owned");
    for (const [key, value] of Object.entries(props.labels))
      add(`label-${noun(key)}`, `${PREFIX}/node-template/label/${key}`, value);
    for (const taint of props.taints)
      add(`taint-${noun(taint.key)}-${taint.effect}`, `${PREFIX}/node-template/taint/${taint.key}`, taint.asTag);
  }
}

/** A key as part of a construct id, in which a slash would separate levels. */
function noun(key: string): string {
  return key.replace(/[^\w.-]+/g, "-");
}
