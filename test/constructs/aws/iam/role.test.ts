import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { ManagedPolicy } from "@groundwork/constructs/aws/iam/managed-policy";
import { Role, type RoleProps } from "@groundwork/constructs/aws/iam/role";
import { IAM004, IAM007, IAM008, IAM010, IAM012, IAM014 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001, NAM002, TXT001 } from "@groundwork/constructs/core/rules";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { awsStack, resource, resources, testApp } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

const EC2 = TrustPolicy.service("ec2.amazonaws.com");
const read = Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] });

function roleWith(props: Partial<RoleProps> = {}) {
  const stack = awsStack();
  return { stack, role: new Role(stack, "Runner", { trust: EC2, ...props }) };
}

const GITHUB = "token.actions.githubusercontent.com";

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

  test.each([
    ["curly quotation marks", "“q”"],
    ["1,001 characters", "x".repeat(1_001)],
    ["characters beyond Latin-1", "한국어"],
    ["a control character", "a\u0007"],
  ])("rejects a description with %s", (_, description) => {
    expect(() => roleWith({ description })).toViolate(TXT001, /IAM role description/);
  });

  test.each(["x".repeat(1_000), "Größe, 'q' <a>\n", "${x} %{y}", ""])("accepts the description %p", (description) => {
    const { stack } = roleWith({ description });
    expect(resource(stack, IamRole)["description"]).toBe(description.replace("${", () => "$${").replace("%{", "%%{"));
  });

  test("derives a description of at most 1,000 accepted characters from a long path", () => {
    const stack = awsStack();
    const deep = Array.from({ length: 40 }, (_, n) => `“Level”${n}${"x".repeat(30)}`).reduce<Construct>(
      (scope, id) => new Construct(scope, id),
      stack,
    );
    new Role(deep, "Runner", { trust: EC2, roleName: "runner" });
    const description = String(resource(stack, IamRole)["description"]);
    expect(description).toHaveLength(1_000);
    expect(description).toMatch(/^test\/-Level-0/);
  });

  test("rejects a managed policy twice, also by name and by ARN", () => {
    const policy = () => ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore");
    const byArn = ManagedPolicy.fromArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", "Other");
    expect(() => roleWith({ managedPolicies: [policy(), policy()] })).toViolate(IAM010, /twice; attach it once/);
    expect(() => roleWith({ managedPolicies: [policy(), byArn] })).toViolate(IAM010);
  });

  test("attaches policies with one last part, and policies that are named as parts of a role", () => {
    const arns = ["a/Support", "b/Support", "Resource", "Policy"].map(
      (name) => `arn:aws:iam::111122223333:policy/${name}`,
    );
    const { stack, role } = roleWith({ managedPolicies: arns.map((arn) => ManagedPolicy.fromArn(arn)) });
    role.addToPolicy(read);
    const attached = resources(stack, IamRolePolicyAttachment);
    expect(attached.map((attachment) => String(attachment["policy_arn"])).sort()).toEqual([...arns].sort());
    expect(attached.filter(({ address }) => /Support_[0-9A-F]{8}$/.test(address))).toHaveLength(1);
  });

  test("requires an id for a policy whose ARN is known only at apply, only where it is attached", () => {
    const stack = awsStack();
    const arn = new TerraformVariable(stack, "policy", { type: "string" }).stringValue;
    const other = new TerraformVariable(stack, "other", { type: "string" }).stringValue;
    const create = (id: string, ...managedPolicies: ManagedPolicy[]) =>
      new Role(stack, id, { trust: EC2, managedPolicies });
    expect(() => create("A", ManagedPolicy.fromArn(arn))).toViolate(
      IAM010,
      /ManagedPolicy\.fromArn\(arn, "Boundary"\)/,
    );
    expect(() => create("B", ManagedPolicy.fromArn(arn, "One"), ManagedPolicy.fromArn(other, "Two"))).not.toThrow();
    expect(() => roleWith({ permissionsBoundary: ManagedPolicy.fromArn(arn) })).not.toThrow();
  });

  test("accepts 20 managed policies, and rejects 21", () => {
    const policies = Array.from({ length: 21 }, (_, n) => ManagedPolicy.ofAws(`Policy${n}`));
    expect(() => roleWith({ managedPolicies: policies.slice(1) })).not.toThrow();
    expect(() => roleWith({ managedPolicies: policies })).toViolate(IAM010, /21 managed policies; attach at most 20/);
  });

  test.each(["", "a b", "arn:aws:iam::aws:policy/X", "${x}", "/X"])(
    "rejects %p as the name of an AWS managed policy",
    (name) => {
      expect(() => ManagedPolicy.ofAws(name)).toViolate(IAM010);
    },
  );

  test.each(["foo", "arn:aws:iam::aws:role/X", "arn:aws:iam::12:policy/X", "arn:awsx:iam::aws:policy/X"])(
    "rejects %p as the ARN of a managed policy",
    (arn) => expect(() => ManagedPolicy.fromArn(arn)).toViolate(IAM008),
  );

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("has the partition of %s in its policies, also when the provider is created later", (region, partition) => {
    const stack = new TerraformStack(testApp(), "later");
    new Role(stack, "Runner", {
      trust: TrustPolicy.account("111122223333"),
      managedPolicies: [ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore")],
      permissionsBoundary: ManagedPolicy.ofAws("PowerUserAccess"),
    });
    new AwsProvider(stack, "aws", { region });
    const texts = [resource(stack, IamRole), resource(stack, IamRolePolicyAttachment)].map((block) =>
      JSON.stringify(block),
    );
    expect(texts.join().match(/arn:aws[a-z-]*/g)).toEqual([`arn:${partition}`, `arn:${partition}`, `arn:${partition}`]);
  });

  test("rejects the name that another role of its stack has, also in other case, and accepts it for other types", () => {
    const { stack } = roleWith({ roleName: "deploy" });
    expect(() => new Role(stack, "Other", { trust: EC2, roleName: "Deploy" })).toViolate(NAM002, /test\/Runner has/);
    const role = Role.fromArn(stack, "Existing", "arn:aws:iam::111122223333:role/deploy");
    expect(() => new InstanceProfile(stack, "Profile", { role, instanceProfileName: "deploy" })).not.toThrow();
    expect(() => new InstanceProfile(stack, "Second", { role, instanceProfileName: "deploy" })).toViolate(NAM002);
  });

  test("rejects a name that a role of another stack of the same account has", () => {
    const app = testApp();
    const roleIn = (id: string, account?: string) => {
      const stack = new TerraformStack(app, id);
      new AwsProvider(stack, "aws", {
        region: "us-west-2",
        ...(account === undefined ? {} : { allowedAccountIds: [account] }),
      });
      return new Role(stack, "Runner", { trust: EC2, roleName: "deploy" });
    };
    roleIn("a", "111122223333");
    expect(() => roleIn("b", "444455556666")).not.toThrow();
    expect(() => roleIn("c")).not.toThrow();
    expect(() => roleIn("d", "111122223333")).toViolate(NAM002, /a\/Runner has/);
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
      providerArn: "arn:aws:iam::111122223333:oidc-provider/g",
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

  test.each([
    ["no subjects", { subjects: [] }, IAM012],
    ["only a wildcard", { subjects: ["*"] }, IAM012],
    ["wildcards and separators only", { subjects: ["system:serviceaccount:a:b", "*:*"] }, IAM012],
    ["an empty subject", { subjects: [""] }, IAM012],
    ["every repository of GitHub", { subjects: ["repo:*"] }, IAM012],
    ["every repository of GitHub, in parts", { subjects: ["repo:*/*:*"] }, IAM012],
    ["every organization with a repository of one name", { subjects: ["repo:*/shop:ref:refs/heads/main"] }, IAM012],
    ["every organization whose name begins alike", { subjects: ["repo:acme*/shop:*"] }, IAM012],
    ["a wildcard for one character of the owner", { subjects: ["repo:acm?/shop:*"] }, IAM012],
    ["every project of GitLab", { subjects: ["project_path:*"] }, IAM012],
    ["every group of GitLab", { subjects: ["project_path:*/site:ref_type:branch:ref:main"] }, IAM012],
    ["every service account", { subjects: ["system:serviceaccount:*:*"] }, IAM012],
    ["a service account of every namespace", { subjects: ["system:serviceaccount:*:controller"] }, IAM012],
    ["every identity of a cluster", { subjects: ["system:*"] }, IAM012],
    ["an unnamed claim", { subjects: ["*:acme/shop:*"] }, IAM012],
    ["every organization of another provider", { subjects: ["organization:*:workspace:a"] }, IAM012],
    ["an ending only", { subjects: ["*-deploy"] }, IAM012],
    ["no owner at GitHub", { issuer: GITHUB, subjects: ["environment:production"] }, IAM012],
    ["every repository with an environment", { issuer: GITHUB, subjects: ["environment:a:repo:*"] }, IAM012],
    ["an issuer with a scheme", { issuer: "https://gitlab.example.com" }, IAM012],
    ["an empty issuer", { issuer: "" }, IAM012],
    ["a provider that is no provider", { providerArn: "foo" }, IAM008],
    ["a role as the provider", { providerArn: "arn:aws:iam::111122223333:role/x" }, IAM008],
    ["one of two subjects without an owner", { subjects: ["repo:acme/shop:*", "repo:*"] }, IAM012],
  ])("rejects web identities with %s", (_, props, rule) => {
    const valid = {
      providerArn: "arn:aws:iam::111122223333:oidc-provider/gitlab.example.com:8443/x",
      issuer: "gitlab.example.com:8443/x",
      subjects: ["project_path:shop/*"],
    };
    expect(() => TrustPolicy.webIdentity(valid)).not.toThrow();
    expect(() => TrustPolicy.webIdentity({ ...valid, ...props })).toViolate(rule);
  });

  test.each([
    "repo:acme/*:*",
    "repo:acme/shop:ref:refs/heads/*",
    "repo:acme/shop:environment:production",
    "project_path:shop/*:ref_type:branch:ref:main",
    "system:serviceaccount:kube-system:*",
    "organization:acme:workspace:*",
    "org/11111111-2222-3333-4444-555555555555/project/*",
    "{11111111-2222-3333-4444-555555555555}:*",
    "team-*",
    "111122223333",
  ])("accepts the subject %s, which names its owner", (subject) => {
    const providerArn = "arn:aws:iam::111122223333:oidc-provider/id.example.com";
    expect(() => TrustPolicy.webIdentity({ providerArn, issuer: "id.example.com", subjects: [subject] })).not.toThrow();
  });

  test("rejects a later condition that replaces subjects by every subject", () => {
    const trust = TrustPolicy.webIdentity({
      providerArn: "arn:aws:iam::111122223333:oidc-provider/id.example.com",
      issuer: "id.example.com",
      subjects: ["repo:acme/*:*"],
    });
    expect(() => trust.when({ StringLike: { "id.example.com:sub": "*" } })).toViolate(IAM012);
    expect(() => trust.when({ StringLike: { "id.example.com:sub": ["repo:acme/shop:*"] } })).not.toThrow();
    expect(() => trust.when({ StringEquals: { "id.example.com:ref": "main" } })).not.toThrow();
  });

  test.each([
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::111122223333:user/a?",
    "arn:aws:iam:::role/deploy",
    "arn:aws:iam::aws:policy/AdministratorAccess",
  ])("rejects the principal %s, which IAM does not accept", (arn) => {
    expect(() => TrustPolicy.arn(arn)).toViolate(IAM014);
  });
});
