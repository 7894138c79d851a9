import type { PlannedBlock } from "../plan";
import type { AwsCloud } from "./cloud";

/** A permission that an apply needs. */
export interface NeededAction {
  readonly action: string;
  /** ARN of the resource, or a pattern of it. */
  readonly resource: string;
}

/** Action that creates a resource, resource part of the ARN, and the argument with the name that replaces `*` at its end. */
type Creation = readonly [action: string, resource: string, argument?: string];

/** Actions by type of resource. Source: Service Authorization Reference, resource types of the actions. */
const CREATIONS: Readonly<Record<string, Creation>> = {
  aws_acm_certificate: ["acm:RequestCertificate", "*"],
  aws_autoscaling_group: ["autoscaling:CreateAutoScalingGroup", "autoScalingGroup:*:autoScalingGroupName/*"],
  aws_cloudfront_distribution: ["cloudfront:CreateDistribution", "distribution/*"],
  aws_cloudfront_function: ["cloudfront:CreateFunction", "function/*", "name"],
  aws_cloudwatch_log_group: ["logs:CreateLogGroup", "log-group:*", "name"],
  aws_cloudwatch_metric_alarm: ["cloudwatch:PutMetricAlarm", "alarm:*", "alarm_name"],
  aws_ebs_volume: ["ec2:CreateVolume", "volume/*"],
  aws_ecr_repository: ["ecr:CreateRepository", "repository/*", "name"],
  aws_eip: ["ec2:AllocateAddress", "elastic-ip/*"],
  aws_eks_access_entry: ["eks:CreateAccessEntry", "cluster/*", "cluster_name"],
  aws_eks_addon: ["eks:CreateAddon", "cluster/*", "cluster_name"],
  aws_eks_cluster: ["eks:CreateCluster", "cluster/*", "name"],
  aws_eks_node_group: ["eks:CreateNodegroup", "cluster/*", "cluster_name"],
  aws_eks_pod_identity_association: ["eks:CreatePodIdentityAssociation", "cluster/*", "cluster_name"],
  aws_flow_log: ["ec2:CreateFlowLogs", "vpc-flow-log/*"],
  aws_iam_instance_profile: ["iam:CreateInstanceProfile", "instance-profile/*", "name"],
  aws_iam_openid_connect_provider: ["iam:CreateOpenIDConnectProvider", "oidc-provider/*"],
  aws_iam_policy: ["iam:CreatePolicy", "policy/*", "name"],
  aws_iam_role: ["iam:CreateRole", "role/*", "name"],
  aws_iam_role_policy: ["iam:PutRolePolicy", "role/*", "role"],
  aws_iam_role_policy_attachment: ["iam:AttachRolePolicy", "role/*", "role"],
  aws_instance: ["ec2:RunInstances", "instance/*"],
  aws_internet_gateway: ["ec2:CreateInternetGateway", "internet-gateway/*"],
  aws_key_pair: ["ec2:ImportKeyPair", "key-pair/*", "key_name"],
  aws_kms_alias: ["kms:CreateAlias", "*"],
  aws_kms_key: ["kms:CreateKey", "*"],
  aws_launch_template: ["ec2:CreateLaunchTemplate", "launch-template/*"],
  aws_nat_gateway: ["ec2:CreateNatGateway", "natgateway/*"],
  aws_network_acl: ["ec2:CreateNetworkAcl", "network-acl/*"],
  aws_route: ["ec2:CreateRoute", "route-table/*"],
  aws_route53_record: ["route53:ChangeResourceRecordSets", "hostedzone/*", "zone_id"],
  aws_route53_zone: ["route53:CreateHostedZone", "*"],
  aws_route_table: ["ec2:CreateRouteTable", "route-table/*"],
  aws_s3_bucket: ["s3:CreateBucket", "*", "bucket"],
  aws_security_group: ["ec2:CreateSecurityGroup", "security-group/*"],
  aws_ssm_parameter: ["ssm:PutParameter", "parameter/*", "name"],
  aws_subnet: ["ec2:CreateSubnet", "subnet/*"],
  aws_vpc: ["ec2:CreateVpc", "vpc/*"],
  aws_vpc_endpoint: ["ec2:CreateVpcEndpoint", "vpc-endpoint/*"],
  aws_vpc_security_group_egress_rule: ["ec2:AuthorizeSecurityGroupEgress", "security-group/*"],
  aws_vpc_security_group_ingress_rule: ["ec2:AuthorizeSecurityGroupIngress", "security-group/*"],
};

/** Services whose ARNs contain no region. */
const GLOBAL = ["cloudfront", "iam", "route53", "s3"];

/** Services whose ARNs contain no account. */
const WITHOUT_ACCOUNT = ["route53", "s3"];

/** The action that creates a resource, and the ARN of the resource; undefined for a type that is not in the table. */
export function creationOf(
  resource: PlannedBlock,
  { partition, region, account }: Pick<AwsCloud, "partition" | "region" | "account">,
): NeededAction | undefined {
  const creation = CREATIONS[resource.type];
  if (creation === undefined) return undefined;
  const [action, pattern, argument] = creation;
  const [service = ""] = action.split(":");
  const name = argument === undefined ? undefined : resource.text(argument);
  const named =
    name === undefined ? pattern : pattern.replace(/\*$/, name.replace(/^\/(?=.)/, service === "ssm" ? "" : "/"));
  // Some actions have no resource: their policies contain `*`.
  if (named === "*") return { action, resource: "*" };
  const place = [GLOBAL.includes(service) ? "" : region, WITHOUT_ACCOUNT.includes(service) ? "" : account];
  return { action, resource: `arn:${partition}:${service}:${place.join(":")}:${named}` };
}
