import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { Construct } from "constructs";
import { hashOf } from "../../../core/text";
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
    const labels = Object.entries(props.labels);
    const labelIds = idsOf(labels.map(([key]) => key));
    for (const [key, value] of labels) add(`label-${labelIds(key)}`, `${PREFIX}/node-template/label/${key}`, value);
    const taintIds = idsOf(props.taints.map(({ key }) => key));
    for (const { key, effect, asTag } of props.taints)
      add(`taint-${taintIds(key)}-${effect}`, `${PREFIX}/node-template/taint/${key}`, asTag);
  }
}

/**
 * Parts of construct ids for keys, in which a slash would separate levels: `a/b` becomes `a-b`. If another key of the list has the
 * same part (`a-b`), the part of `a/b` ends in a hash.
 */
function idsOf(keys: readonly string[]): (key: string) => string {
  return (key) => {
    const part = noun(key);
    const isShared = part !== key && keys.some((other) => other !== key && noun(other) === part);
    return isShared ? `${part}-${hashOf(key)}` : part;
  };
}

function noun(key: string): string {
  return key.replace(/[^\w.-]+/g, "-");
}
