import { Principal } from "@groundwork/constructs/aws/iam/principal";
import { IAM001, IAM002, IAM003, IAM006, IAM008, IAM009, IAM011, IAM013 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";

describe("Statement", () => {
  test("renders lists of one value as the value and omits empty parts, as AWS returns them", () => {
    const statement = Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] });
    expect(statement.render()).toEqual({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" });
  });

  test("groups principals by their kind", () => {
    const principals = [
      Principal.service("ec2.amazonaws.com"),
      Principal.account("111122223333"),
      Principal.arn("arn:aws:iam::444455556666:role/deploy"),
    ];
    expect(Statement.deny({ actions: ["sts:AssumeRole"], principals }).render()["Principal"]).toEqual({
      Service: "ec2.amazonaws.com",
      AWS: ["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:role/deploy"],
    });
  });

  test("renders anyone as an asterisk, and is public unless a condition restricts it", () => {
    const props = { actions: ["s3:GetObject"], resources: ["*"], principals: [Principal.anyone()] };
    const restricted = { ...props, conditions: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } };
    expect(Statement.allow(props).render()["Principal"]).toBe("*");
    expect([Statement.allow(props), Statement.allow(restricted), Statement.deny(props)].map((s) => s.isPublic)).toEqual(
      [true, false, false],
    );
  });

  test("allows everything with allowEverything", () => {
    expect(Statement.allowEverything().render()).toEqual({ Effect: "Allow", Action: "*", Resource: "*" });
  });

  test.each([
    [["*"], ["*"]],
    [
      ["s3:GetObject", "*"],
      ["arn:aws:s3:::b", "*"],
    ],
    [["*:*"], ["*"]],
    [["*"], []],
  ])("rejects actions %p on resources %p with allow", (actions, resources) => {
    expect(() => Statement.allow({ actions, resources })).toViolate(IAM002, /allowEverything/);
  });

  test("denies everything on everything, which grants no access", () => {
    expect(() => Statement.deny({ actions: ["*"], resources: ["*"] })).not.toThrow();
  });

  test("rejects a statement without actions", () => {
    expect(() => Statement.allow({ actions: [], resources: ["*"] })).toViolate(IAM001);
  });

  test.each(["GetObject", "s3.GetObject", "s3:Get Object", "s3:", ""])("rejects %p as an action", (action) => {
    expect(() => Statement.allow({ actions: [action], resources: ["*"] })).toViolate(IAM003);
  });

  test.each(["foo", "", "arn", "arn:aws:s3", "arn*", "b/*", "s3:::b", "${x}"])(
    "rejects %p as a resource",
    (resource) => {
      expect(() => Statement.allow({ actions: ["s3:GetObject"], resources: ["*", resource] })).toViolate(IAM011);
    },
  );

  test.each([
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}/*",
    "arn:*:s3:::b/*",
    "arn:aws-cn:iam::*:role/*",
    "arn:aws:ec2:*:*:security-group/*",
    "arn:aws:logs:us-west-2:111122223333:log-group:/aws/eks/*:*",
    "${TfToken[TOKEN.1]}/*",
  ])("accepts %p as a resource", (resource) => {
    expect(() => Statement.allow({ actions: ["s3:GetObject"], resources: [resource] })).not.toThrow();
  });

  test.each([
    "S3:GetObject",
    "S3:getobject",
    "IAM:PassRole",
    "s3:*",
    "s3:Get*",
    "ec2:Describe?pcs",
    "elasticloadbalancing:CreateRule",
    "${TfToken[TOKEN.1]}",
  ])("accepts %p as an action", (action) => {
    expect(() => Statement.allow({ actions: [action], resources: ["*"] })).not.toThrow();
  });

  test("rejects a statement id with a hyphen", () => {
    expect(() => Statement.allow({ sid: "read-it", actions: ["s3:*"], resources: ["*"] })).toViolate(IAM006);
  });
});

describe("Principal", () => {
  test.each(["1234", "1111222233334", "11112222333a"])("rejects account %p", (id) => {
    expect(() => Principal.account(id)).toViolate(IAM009);
  });

  test.each([
    "role/deploy",
    "arn:aws:iam",
    "arn:gcp:iam::111122223333:role/deploy",
    "arn:awsx:iam::111122223333:role/deploy",
    "arn:aws:iam::12:role/deploy",
    "arn:aws:iam::111122223333:",
    "arn:aws:iam:nowhere:111122223333:role/deploy",
    "arn:aws:s3:::bucket",
    "arn:aws:iam::${x}:role/deploy",
    " arn:aws:iam::111122223333:role/deploy",
    "",
  ])("rejects %p as an ARN", (arn) => {
    expect(() => Principal.arn(arn)).toViolate(IAM008);
  });

  test("accepts values that are known only at apply", () => {
    expect(Principal.account("${TfToken[TOKEN.2]}").value).toContain("root");
    expect(Principal.arn("${TfToken[TOKEN.1]}").value).toBe("${TfToken[TOKEN.1]}");
    const inAccount = "arn:aws:iam::${TfToken[TOKEN.2]}:role/deploy";
    expect(Principal.arn(inAccount).value).toBe(inAccount);
    expect(() => Principal.arn("arn:awsx:iam::${TfToken[TOKEN.2]}:role/deploy")).toViolate(IAM008);
    expect(() => Principal.account("1${TfToken[TOKEN.2]}")).toViolate(IAM009);
    expect(Principal.service("logs.${TfToken[TOKEN.1]}.amazonaws.com").kind).toBe("Service");
  });

  test.each([
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef",
    "arn:aws:sts::111122223333:assumed-role/deploy/session",
    "arn:aws-cn:iam::111122223333:user/path/name",
    "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    "arn:aws-us-gov:iam::111122223333:root",
  ])("accepts the ARN %s", (arn) => expect(Principal.arn(arn).value).toBe(arn));

  test.each([
    "ec2",
    "",
    "ec2.amazonaws",
    "https://ec2.amazonaws.com",
    "ec2.amazonaws.com.evil.example",
    "EC2.amazonaws.com",
  ])("rejects %p as a service", (name) =>
    expect(() => Principal.service(name)).toViolate(IAM013, /ec2\.amazonaws\.com/),
  );

  test.each([
    "ec2.amazonaws.com.cn",
    "vpc-flow-logs.amazonaws.com",
    "ops.apigateway.amazonaws.com",
    "ec2.amazonaws.eu",
  ])("accepts %p as a service", (name) => expect(Principal.service(name).value).toBe(name));

  test.each(["foo", "", "https://accounts.google.com", "arn:aws:s3:::bucket", "${x}"])(
    "rejects %p as an identity provider",
    (provider) => expect(() => Principal.federated(provider)).toViolate(IAM008),
  );

  test.each(["accounts.google.com", "cognito-identity.amazonaws.com", "arn:aws:iam::111122223333:saml-provider/x"])(
    "accepts %p as an identity provider",
    (provider) => expect(Principal.federated(provider).value).toBe(provider),
  );
});

test.each([
  ["aws", "ec2.amazonaws.com"],
  ["aws-cn", "ec2.amazonaws.com.cn"],
  ["aws-us-gov", "ec2.amazonaws.com"],
  ["aws-iso", "ec2.c2s.ic.gov"],
  ["aws-iso-b", "ec2.sc2s.sgov.gov"],
] as const)("EC2 has its name of the partition %s as a principal, and EKS one name everywhere", (partition, name) => {
  expect(Principal.service("ec2.amazonaws.com").valueIn(partition)).toBe(name);
  expect(Principal.service("eks.amazonaws.com").valueIn(partition)).toBe("eks.amazonaws.com");
});
