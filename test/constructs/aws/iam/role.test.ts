import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ManagedPolicy } from "@groundwork/constructs/aws/iam/managed-policy";
import { Role, type RoleProps } from "@groundwork/constructs/aws/iam/role";
import { IAM004, IAM007, IAM008 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { TerraformVariable } from "cdktf";
import { awsStack, resource, resources } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

const EC2 = TrustPolicy.service("ec2.amazonaws.com");
const read = Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] });

function roleWith(props: Partial<RoleProps> = {}) {
  const stack = awsStack();
  return { stack, role: new Role(stack, "Runner", { trust: EC2, ...props }) };
}

describe("Role", () => {
  test("has a name derived from its path, and its trust policy", () => {
    const { stack } = roleWith();
    const role = resource(stack, IamRole);
    expect(role).toMatchObject({ name: "test-runner", description: "test/Runner" });
    expect(statementsOf(role, "assume_role_policy")).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("has a single inline policy from the first grant on", () => {
    const { stack, role } = roleWith();
    expect(resources(stack, IamRolePolicy)).toEqual([]);
    role.addToPolicy(read);
    const { address } = resource(stack, IamRolePolicy);
    role.addToPolicy(Statement.allow({ actions: ["kms:Decrypt"], resources: ["arn:aws:kms:::key/1"] }));
    expect(resource(stack, IamRolePolicy).address).toBe(address);
    expect(statementsOf(resource(stack, IamRolePolicy))).toHaveLength(2);
  });

  test("keeps the order of the grants", () => {
    const { stack, role } = roleWith();
    role.addToPolicy(read);
    role.addToPolicy(Statement.deny({ actions: ["s3:DeleteObject"], resources: ["*"] }));
    expect(statementsOf(resource(stack, IamRolePolicy))[0]).toEqual(read.render());
  });

  test("attaches existing policies under their names", () => {
    const ssm = ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore");
    const csi = ManagedPolicy.ofAws("service-role/AmazonEBSCSIDriverPolicy");
    const both = roleWith({ managedPolicies: [ssm, csi] });
    const single = roleWith({ managedPolicies: [csi] });
    const addresses = (stack: typeof both.stack) =>
      resources(stack, IamRolePolicyAttachment).map(({ address }) => address);
    expect(resources(both.stack, IamRolePolicyAttachment).map((attachment) => attachment["policy_arn"])).toEqual([
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ]);
    expect(addresses(both.stack)).toEqual(expect.arrayContaining(addresses(single.stack)));
  });

  test("has a permissions boundary and a session duration when specified", () => {
    const boundary = ManagedPolicy.fromArn("arn:aws:iam::111122223333:policy/boundary");
    const { stack } = roleWith({ permissionsBoundary: boundary, maxSession: Duration.hours(4) });
    expect(resource(stack, IamRole)).toMatchObject({
      permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
      max_session_duration: 14_400,
    });
  });

  test("lists its policies and attachments as permissions", () => {
    const { role } = roleWith({ managedPolicies: [ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore")] });
    role.addToPolicy(read);
    expect(role.permissions).toHaveLength(2);
  });

  test("imported by ARN, receives grants as an inline policy of this stack", () => {
    const stack = awsStack();
    const role = Role.fromArn(stack, "Deploy", "arn:aws:iam::111122223333:role/pipelines/deploy");
    role.addToPolicy(read);
    expect(resource(stack, IamRolePolicy)).toMatchObject({ role: "deploy", name: "test-deploy-policy" });
    expect(resources(stack, IamRole)).toEqual([]);
  });

  test("imported by ARN, may be known only at apply", () => {
    const stack = awsStack();
    const arn = new TerraformVariable(stack, "role_arn", { type: "string" }).stringValue;
    Role.fromArn(stack, "Deploy", arn).addToPolicy(read);
    expect(resource(stack, IamRolePolicy)["role"]).toBe('${element(reverse(split("/", var.role_arn)), 0)}');
  });

  test("imported by ARN, has its name when only the account is known at apply", () => {
    const stack = awsStack();
    const account = new TerraformVariable(stack, "account", { type: "string" }).stringValue;
    const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
    Role.fromArn(stack, "Deploy", `arn:aws:iam::${account}:role/pipelines/deploy`).addToPolicy(read);
    expect(resource(stack, IamRolePolicy)["role"]).toBe("deploy");
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test.each([Duration.minutes(30), Duration.hours(13)])("rejects a session of %s", (maxSession) => {
    expect(() => roleWith({ maxSession })).toViolate(IAM007, /Duration\.hours\(1\)/);
  });

  test("rejects a grant that exceeds the limit of an inline policy", () => {
    const { role } = roleWith();
    const long = Statement.allow({ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${"x".repeat(10_240)}`] });
    expect(() => role.addToPolicy(long)).toViolate(IAM004, /test\/Runner\/Policy/);
  });

  test("rejects an ARN of another service", () => {
    expect(() => Role.fromArn(awsStack(), "Deploy", "arn:aws:s3:::bucket")).toViolate(IAM008);
  });

  test("rejects a name that IAM does not accept", () => {
    expect(() => roleWith({ roleName: "with space" })).toViolate(NAM001);
    expect(() => Role.fromArn(awsStack(), "Deploy", "arn:aws:iam::111122223333:role/a b")).toViolate(
      NAM001,
      /test\/Deploy/,
    );
  });
});

describe("TrustPolicy", () => {
  test("restricts an identity provider to audience and subjects", () => {
    const trust = TrustPolicy.webIdentity({
      providerArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.example/id/1",
      issuer: "oidc.eks.example/id/1",
      subjects: ["system:serviceaccount:kube-system:controller"],
    });
    expect(trust.document.statements[0]?.render()).toMatchObject({
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.example/id/1" },
      Condition: {
        StringEquals: {
          "oidc.eks.example/id/1:aud": "sts.amazonaws.com",
          "oidc.eks.example/id/1:sub": ["system:serviceaccount:kube-system:controller"],
        },
      },
    });
  });

  test("compares subjects with wildcards as patterns", () => {
    const trust = TrustPolicy.webIdentity({
      providerArn: "arn:aws:iam::1:oidc-provider/g",
      issuer: "g",
      subjects: ["project_path:shop/*"],
    });
    expect(trust.document.statements[0]?.conditions).toEqual({
      StringEquals: { "g:aud": "sts.amazonaws.com" },
      StringLike: { "g:sub": ["project_path:shop/*"] },
    });
  });

  test("allows pods to tag their sessions, as pod identity requires", () => {
    expect(TrustPolicy.podIdentity().document.statements[0]?.actions).toEqual(["sts:AssumeRole", "sts:TagSession"]);
  });

  test("merges conditions, also of the same operator", () => {
    const trust = TrustPolicy.account("111122223333")
      .when({ StringEquals: { "sts:ExternalId": "shop" } })
      .when({ StringEquals: { "aws:PrincipalOrgID": "o-1" }, Bool: { "aws:MultiFactorAuthPresent": "true" } });
    expect(trust.document.statements[0]?.conditions).toEqual({
      StringEquals: { "sts:ExternalId": "shop", "aws:PrincipalOrgID": "o-1" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
    });
  });
});
