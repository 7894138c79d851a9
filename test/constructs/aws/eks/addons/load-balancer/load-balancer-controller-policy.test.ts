import { LoadBalancerControllerRelease } from "@groundwork/constructs/aws/eks/addons/load-balancer/load-balancer-controller-release";
import { loadBalancerControllerStatements } from "@groundwork/constructs/aws/eks/addons/load-balancer/load-balancer-controller-policy";
import { PolicyDocument } from "@groundwork/constructs/aws/iam/policy-document";
import { PolicyKind } from "@groundwork/constructs/aws/iam/policy-kind";

/**
 * The upstream policy for v2.13.3 in a second, independent form: one row per statement. The constructs do not use this table.
 */
const TABLE = [
  {
    actions: ["iam: CreateServiceLinkedRole"],
    resources: "*",
    conditions: 'StringEquals iam:AWSServiceName = "elasticloadbalancing.amazonaws.com"',
  },
  {
    actions: [
      "ec2: DescribeAccountAttributes, DescribeAddresses, DescribeAvailabilityZones, DescribeInternetGateways, DescribeVpcs, DescribeVpcPeeringConnections, DescribeSubnets, DescribeSecurityGroups, DescribeInstances, DescribeNetworkInterfaces, DescribeTags, GetCoipPoolUsage, DescribeCoipPools, GetSecurityGroupsForVpc, DescribeIpamPools, DescribeRouteTables",
      "elasticloadbalancing: DescribeLoadBalancers, DescribeLoadBalancerAttributes, DescribeListeners, DescribeListenerCertificates, DescribeSSLPolicies, DescribeRules, DescribeTargetGroups, DescribeTargetGroupAttributes, DescribeTargetHealth, DescribeTags, DescribeTrustStores, DescribeListenerAttributes, DescribeCapacityReservation",
    ],
    resources: "*",
    conditions: "",
  },
  {
    actions: [
      "cognito-idp: DescribeUserPoolClient",
      "acm: ListCertificates, DescribeCertificate",
      "iam: ListServerCertificates, GetServerCertificate",
      "waf-regional: GetWebACL, GetWebACLForResource, AssociateWebACL, DisassociateWebACL",
      "wafv2: GetWebACL, GetWebACLForResource, AssociateWebACL, DisassociateWebACL",
      "shield: GetSubscriptionState, DescribeProtection, CreateProtection, DeleteProtection",
    ],
    resources: "*",
    conditions: "",
  },
  {
    actions: ["ec2: AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress"],
    resources: "*",
    conditions: "",
  },
  {
    actions: ["ec2: CreateSecurityGroup"],
    resources: "*",
    conditions: "",
  },
  {
    actions: ["ec2: CreateTags"],
    resources: "arn:aws:ec2:*:*:security-group/*",
    conditions:
      'StringEquals ec2:CreateAction = "CreateSecurityGroup"; Null aws:RequestTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["ec2: CreateTags, DeleteTags"],
    resources: "arn:aws:ec2:*:*:security-group/*",
    conditions:
      'Null aws:RequestTag/elbv2.k8s.aws/cluster = "true"; Null aws:ResourceTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["ec2: AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress, DeleteSecurityGroup"],
    resources: "*",
    conditions: 'Null aws:ResourceTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["elasticloadbalancing: CreateLoadBalancer, CreateTargetGroup"],
    resources: "*",
    conditions: 'Null aws:RequestTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["elasticloadbalancing: CreateListener, DeleteListener, CreateRule, DeleteRule"],
    resources: "*",
    conditions: "",
  },
  {
    actions: ["elasticloadbalancing: AddTags, RemoveTags"],
    resources:
      "arn:aws:elasticloadbalancing:*:*:targetgroup/*/* arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/* arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*",
    conditions:
      'Null aws:RequestTag/elbv2.k8s.aws/cluster = "true"; Null aws:ResourceTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["elasticloadbalancing: AddTags, RemoveTags"],
    resources:
      "arn:aws:elasticloadbalancing:*:*:listener/net/*/*/* arn:aws:elasticloadbalancing:*:*:listener/app/*/*/* arn:aws:elasticloadbalancing:*:*:listener-rule/net/*/*/* arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*",
    conditions: "",
  },
  {
    actions: [
      "elasticloadbalancing: ModifyLoadBalancerAttributes, SetIpAddressType, SetSecurityGroups, SetSubnets, DeleteLoadBalancer, ModifyTargetGroup, ModifyTargetGroupAttributes, DeleteTargetGroup, ModifyListenerAttributes, ModifyCapacityReservation, ModifyIpPools",
    ],
    resources: "*",
    conditions: 'Null aws:ResourceTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["elasticloadbalancing: AddTags"],
    resources:
      "arn:aws:elasticloadbalancing:*:*:targetgroup/*/* arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/* arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*",
    conditions:
      'StringEquals elasticloadbalancing:CreateAction = "CreateTargetGroup" or "CreateLoadBalancer"; Null aws:RequestTag/elbv2.k8s.aws/cluster = "false"',
  },
  {
    actions: ["elasticloadbalancing: RegisterTargets, DeregisterTargets"],
    resources: "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*",
    conditions: "",
  },
  {
    actions: [
      "elasticloadbalancing: SetWebAcl, ModifyListener, AddListenerCertificates, RemoveListenerCertificates, ModifyRule, SetRulePriorities",
    ],
    resources: "*",
    conditions: "",
  },
] as const;

/** One permission: an action on a resource under conditions. Grouping and order have no meaning. */
type Permission = string;

function permissionsOfTable(): readonly Permission[] {
  return TABLE.flatMap(({ actions, resources, conditions }) =>
    actions
      .flatMap((group) => {
        const [service = "", names = ""] = group.split(/:(.*)/);
        return names.split(",").map((name) => `${service}:${name.trim()}`);
      })
      .flatMap((action) =>
        resources.split(" ").map((resource) => permission(action, resource, conditionsOf(conditions))),
      ),
  );
}

/** `StringEquals key = "a" or "b"; Null key = "true"` as operator, key and sorted values. */
function conditionsOf(text: string): readonly string[] {
  let operator = "";
  return text
    .split(";")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [, given, key = "", values = ""] = /^\s*(?:(\w+) )?(\S+) = (.*)$/.exec(part) ?? [];
      operator = given ?? operator;
      return `${operator} ${key} ${[...values.matchAll(/"([^"]*)"/g)]
        .map(([, value]) => value)
        .sort()
        .join("|")}`;
    });
}

function permissionsOf(statements: ReturnType<typeof loadBalancerControllerStatements>): readonly Permission[] {
  return statements.flatMap(({ effect, actions, resources, conditions }) => {
    if (effect !== "Allow") throw new Error("the upstream policy has no deny statements");
    const rendered = Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key} ${[values].flat().sort().join("|")}`),
    );
    return actions.flatMap((action) => resources.map((resource) => permission(action, resource, rendered)));
  });
}

function permission(action: string, resource: string, conditions: readonly string[]): Permission {
  return [action, resource, ...[...conditions].sort()].join(" ; ");
}

describe("the load balancer controller's policy", () => {
  const permissions = permissionsOf(loadBalancerControllerStatements());

  test("equals the upstream policy, permission by permission", () => {
    expect([...new Set(permissions)].sort()).toEqual([...new Set(permissionsOfTable())].sort());
    expect(new Set(permissions).size).toBe(98);
  });

  test("has sixteen statements, 86 actions, 80 of them different", () => {
    const statements = loadBalancerControllerStatements();
    const actions = statements.flatMap((statement) => statement.actions);
    expect([statements.length, actions.length, new Set(actions).size]).toEqual([16, 86, 80]);
  });

  test("fits into a managed policy", () => {
    const json = PolicyDocument.of(...loadBalancerControllerStatements()).toJson(PolicyKind.MANAGED);
    expect(json.length).toBeLessThanOrEqual(6_144);
    expect(json.length).toBeGreaterThan(5_000);
  });

  test.each(["aws-cn", "aws-us-gov"] as const)("has ARNs of the partition %s in its regions", (partition) => {
    const resources = loadBalancerControllerStatements(partition).flatMap((statement) => statement.resources);
    expect(resources.filter((resource) => resource !== "*" && !resource.startsWith(`arn:${partition}:`))).toEqual([]);
    expect(
      permissionsOf(loadBalancerControllerStatements(partition)).map((text) =>
        text.replace(`arn:${partition}:`, "arn:aws:"),
      ),
    ).toEqual(permissions);
  });

  test("allows one more action from release v3.7.0 on", () => {
    const before = new Set(permissions);
    const added = permissionsOf(loadBalancerControllerStatements("aws", "v3.7.0")).filter((one) => !before.has(one));
    expect(added).toEqual(["ec2:ValidateSecurityGroupQuotasForInterface ; *"]);
    expect(LoadBalancerControllerRelease.V3_6_0.policy).toBe("v2.13.0");
    expect(LoadBalancerControllerRelease.V3_7_0.policy).toBe("v3.7.0");
    const json = PolicyDocument.of(...loadBalancerControllerStatements("aws", "v3.7.0")).toJson(PolicyKind.MANAGED);
    expect(json.length).toBeLessThanOrEqual(6_144);
  });
});
