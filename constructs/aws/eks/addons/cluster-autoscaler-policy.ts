import { Statement } from "../../iam/statement";

/** Read actions; none supports resource-level permissions. Source: the autoscaler's documentation for 1.33 to 1.36. */
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

/** Permissions of the cluster autoscaler: read everything, change only groups tagged for its cluster. */
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
