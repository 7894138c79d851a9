import { Statement } from "../../iam/statement";

/** Looks at what there is. None of these actions knows a narrower resource. Upstream's list for 1.33 to 1.36. */
const READ = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
  "autoscaling:DescribeLaunchConfigurations",
  "autoscaling:DescribeScalingActivities",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:GetInstanceTypesFromInstanceRequirements",
  "eks:DescribeNodegroup",
];

const WRITE = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"];

/** What the cluster autoscaler may do: look everywhere, change only groups that carry the tag of its cluster. */
export function autoscalerStatements(clusterName: string): readonly Statement[] {
  return [
    Statement.allow({ sid: "Look", actions: READ, resources: ["*"] }),
    Statement.allow({
      sid: "ResizeGroupsOfThisCluster",
      actions: WRITE,
      resources: ["*"],
      conditions: {
        StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" },
      },
    }),
  ];
}
