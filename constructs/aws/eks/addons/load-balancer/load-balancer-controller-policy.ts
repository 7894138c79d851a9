import { defined } from "../../../../core/defined";
import { type Conditions, Statement } from "../../../iam/statement";
import type { Partition } from "../../../partition";
import type { PolicyVersion } from "./load-balancer-controller-release";

interface Row {
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Without the partition: `ec2:*:*:security-group/*`. */
  readonly resources?: readonly string[];
  readonly conditions?: Conditions;
}

const TAG = "elbv2.k8s.aws/cluster";
const TAGGED = { [`aws:ResourceTag/${TAG}`]: "false" };
const TAGGING = { [`aws:RequestTag/${TAG}`]: "false" };
const ONLY_OTHER_TAGS = { Null: { [`aws:RequestTag/${TAG}`]: "true", ...TAGGED } };
const SECURITY_GROUPS = ["ec2:*:*:security-group/*"];
const TARGETS_AND_BALANCERS = ["targetgroup/*/*", "loadbalancer/net/*/*", "loadbalancer/app/*/*"].map(
  (path) => `elasticloadbalancing:*:*:${path}`,
);
const LISTENERS_AND_RULES = [
  "listener/net/*/*/*",
  "listener/app/*/*/*",
  "listener-rule/net/*/*/*",
  "listener-rule/app/*/*/*",
].map((path) => `elasticloadbalancing:*:*:${path}`);

/** "Null: false" means that the tag exists. Source: docs/install/iam_policy.json of kubernetes-sigs/aws-load-balancer-controller. */
const ROWS: readonly Row[] = [
  {
    actions: { iam: ["CreateServiceLinkedRole"] },
    conditions: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
  },
  {
    actions: {
      ec2: [
        "DescribeAccountAttributes",
        "DescribeAddresses",
        "DescribeAvailabilityZones",
        "DescribeInternetGateways",
        "DescribeVpcs",
        "DescribeVpcPeeringConnections",
        "DescribeSubnets",
        "DescribeSecurityGroups",
        "DescribeInstances",
        "DescribeNetworkInterfaces",
        "DescribeTags",
        "GetCoipPoolUsage",
        "DescribeCoipPools",
        "GetSecurityGroupsForVpc",
        "DescribeIpamPools",
        "DescribeRouteTables",
      ],
      elasticloadbalancing: [
        "DescribeLoadBalancers",
        "DescribeLoadBalancerAttributes",
        "DescribeListeners",
        "DescribeListenerCertificates",
        "DescribeSSLPolicies",
        "DescribeRules",
        "DescribeTargetGroups",
        "DescribeTargetGroupAttributes",
        "DescribeTargetHealth",
        "DescribeTags",
        "DescribeTrustStores",
        "DescribeListenerAttributes",
        "DescribeCapacityReservation",
      ],
    },
  },
  {
    actions: {
      "cognito-idp": ["DescribeUserPoolClient"],
      acm: ["ListCertificates", "DescribeCertificate"],
      iam: ["ListServerCertificates", "GetServerCertificate"],
      "waf-regional": ["GetWebACL", "GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL"],
      wafv2: ["GetWebACL", "GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL"],
      shield: ["GetSubscriptionState", "DescribeProtection", "CreateProtection", "DeleteProtection"],
    },
  },
  { actions: { ec2: ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"] } },
  { actions: { ec2: ["CreateSecurityGroup"] } },
  {
    actions: { ec2: ["CreateTags"] },
    resources: SECURITY_GROUPS,
    conditions: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" }, Null: TAGGING },
  },
  { actions: { ec2: ["CreateTags", "DeleteTags"] }, resources: SECURITY_GROUPS, conditions: ONLY_OTHER_TAGS },
  {
    actions: { ec2: ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "DeleteSecurityGroup"] },
    conditions: { Null: TAGGED },
  },
  {
    actions: { elasticloadbalancing: ["CreateLoadBalancer", "CreateTargetGroup"] },
    conditions: { Null: TAGGING },
  },
  { actions: { elasticloadbalancing: ["CreateListener", "DeleteListener", "CreateRule", "DeleteRule"] } },
  {
    actions: { elasticloadbalancing: ["AddTags", "RemoveTags"] },
    resources: TARGETS_AND_BALANCERS,
    conditions: ONLY_OTHER_TAGS,
  },
  { actions: { elasticloadbalancing: ["AddTags", "RemoveTags"] }, resources: LISTENERS_AND_RULES },
  {
    actions: {
      elasticloadbalancing: [
        "ModifyLoadBalancerAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
        "DeleteLoadBalancer",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "DeleteTargetGroup",
        "ModifyListenerAttributes",
        "ModifyCapacityReservation",
        "ModifyIpPools",
      ],
    },
    conditions: { Null: TAGGED },
  },
  {
    actions: { elasticloadbalancing: ["AddTags"] },
    resources: TARGETS_AND_BALANCERS,
    conditions: {
      StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
      Null: TAGGING,
    },
  },
  {
    actions: { elasticloadbalancing: ["RegisterTargets", "DeregisterTargets"] },
    resources: ["elasticloadbalancing:*:*:targetgroup/*/*"],
  },
  {
    actions: {
      elasticloadbalancing: [
        "SetWebAcl",
        "ModifyListener",
        "AddListenerCertificates",
        "RemoveListenerCertificates",
        "ModifyRule",
        "SetRulePriorities",
      ],
    },
  },
];

/** Statements of later releases, by the first release that has them. */
const ADDED: Readonly<Record<PolicyVersion, readonly Row[]>> = {
  "v2.13.0": [],
  // Before it creates a load balancer, the controller checks the quotas of security group rules.
  "v3.7.0": [{ actions: { ec2: ["ValidateSecurityGroupQuotasForInterface"] } }],
};

/**
 * Permissions of the AWS Load Balancer Controller: the upstream policy of a release, statement by statement.
 *
 * Several rows apply to every resource because their actions support no resource-level permissions, or because the controller uses
 * them before a resource has its tag.
 */
export function loadBalancerControllerStatements(
  partition: Partition = "aws",
  policy: PolicyVersion = "v2.13.0",
): readonly Statement[] {
  return [...ROWS, ...ADDED[policy]].map(({ actions, resources, conditions }) =>
    Statement.allow({
      actions: Object.entries(actions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
      resources: resources?.map((path) => `arn:${partition}:${path}`) ?? ["*"],
      ...defined({ conditions }),
    }),
  );
}
