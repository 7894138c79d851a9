import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { AccessEntry, type AccessEntryProps } from "@groundwork/constructs/aws/eks/access/access-entry";
import { AccessPolicy } from "@groundwork/constructs/aws/eks/access/access-policy";
import { EKS009, EKS010, EKS014, EKS016, EKS017 } from "@groundwork/constructs/aws/eks/rules";
import { IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";

const ROLE = "arn:aws:iam::111122223333:role/platform";

function entryWith(props: Partial<AccessEntryProps> = {}) {
  const { stack, cluster } = importedCluster();
  return { stack, cluster, entry: new AccessEntry(stack, "Platform", { cluster, principalArn: ROLE, ...props }) };
}

describe("AccessEntry", () => {
  test("grants a principal access with policies and their scopes", () => {
    const { stack } = entryWith({
      policies: [AccessPolicy.clusterAdmin(), AccessPolicy.edit("shop", "shop-*"), AccessPolicy.view()],
      groups: ["deployers"],
    });
    expect(resource(stack, EksAccessEntry)).toMatchObject({
      cluster_name: "demo",
      principal_arn: ROLE,
      type: "STANDARD",
      kubernetes_groups: ["deployers"],
    });
    expect(
      resources(stack, EksAccessPolicyAssociation).map((association) => [
        String(association["policy_arn"]).split("/").at(-1),
        association["access_scope"],
      ]),
    ).toEqual([
      ["AmazonEKSClusterAdminPolicy", { type: "cluster" }],
      ["AmazonEKSEditPolicy", { type: "namespace", namespaces: ["shop", "shop-*"] }],
      ["AmazonEKSViewPolicy", { type: "cluster" }],
    ]);
  });

  test("is a dependency of its associations, and both are dependencies of objects in the cluster", () => {
    const { stack, cluster } = eksStack();
    const entry = cluster.addAccess("Platform", { principalArn: ROLE, policies: [AccessPolicy.admin("shop")] });
    expect(graphOf(stack).needs("aws_eks_access_policy_association", "aws_eks_access_entry")).toBe(true);
    expect(cluster.ready).toEqual(expect.arrayContaining([...entry.access]));
    expect(entry.access).toHaveLength(2);
  });

  test("rejects a second entry for a principal", () => {
    const { stack, cluster } = entryWith();
    expect(() => new AccessEntry(stack, "Again", { cluster, principalArn: ROLE })).toViolate(EKS009, /role\/platform/);
  });

  test.each([
    [
      "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef",
      /include its path.*role\/aws-reserved\/sso\.amazonaws\.com\/<region>\/AWSReservedSSO_Admin_0123456789abcdef/,
    ],
    ["arn:aws-cn:iam::111122223333:role/platform", /arn:aws:iam::/],
    ["arn:aws:iam::111122223333:role/plat*", /without wildcards/],
    ["arn:aws:iam::111122223333:role/", /name a role or a user/],
    ["arn:aws:iam::111122223333:role/team/", /name a role or a user/],
    [`arn:aws:iam::111122223333:role/${"x".repeat(65)}`, /name a role or a user/],
    ["arn:aws:iam::aws:role/platform", /name a role or a user/],
    ["arn:aws:iam:eu-west-1:111122223333:role/platform", /name a role or a user/],
    ["arn:aws:sts::111122223333:assumed-role/platform/session", /use the ARN of the role/],
    ["arn:aws:iam::111122223333:root", /name a role or a user/],
    ["arn:aws:iam::111122223333:group/admins", /name a role or a user/],
    ["arn:aws:s3:::bucket", /name a role or a user/],
  ])("rejects the principal %s", (principalArn, fix) => {
    expect(() => entryWith({ principalArn })).toViolate(EKS010, fix);
  });

  test.each([
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef",
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef",
    "arn:aws:iam::111122223333:role/teams/platform/deployer",
    "arn:aws:iam::111122223333:user/ci/robot@example.com",
    "arn:aws:iam::${TfToken[TOKEN.1]}:role/platform",
  ])("accepts the principal %s with its path", (principalArn) => {
    expect(resource(entryWith({ principalArn }).stack, EksAccessEntry)["principal_arn"]).toContain("arn:aws:iam::");
  });

  test("rejects the same kind of policy twice, because EKS would keep only the last", () => {
    const policies = [AccessPolicy.edit("shop"), AccessPolicy.edit("reports")];
    expect(() => entryWith({ policies })).toViolate(EKS016, /all namespaces in one AccessPolicy\.edit\(\)/);
  });

  test("rejects reserved groups", () => {
    expect(() => entryWith({ groups: ["deployers", "system:masters"] })).toViolate(EKS017, /group system:masters;/);
  });

  test("rejects a principal that is not an ARN", () => {
    expect(() => entryWith({ principalArn: "platform" })).toViolate(IAM008);
  });

  test("accepts a principal that is known only at apply time", () => {
    expect(() => entryWith({ principalArn: "${TfToken[TOKEN.1]}" })).not.toThrow();
  });
});

describe("AccessPolicy", () => {
  test("has a separate policy for read access to everything", () => {
    expect(AccessPolicy.viewEverything().arnIn("aws-cn")).toBe(
      "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
    );
    expect(AccessPolicy.view("shop").namespaces).toEqual(["shop"]);
  });

  test.each([() => AccessPolicy.edit(), () => AccessPolicy.admin("Shop"), () => AccessPolicy.view("a_b")])(
    "rejects missing and invalid namespaces (%#)",
    (create) => {
      expect(create).toViolate(EKS014);
    },
  );
});
