import { Principal } from "@groundwork/constructs/aws/iam/principal";
import { IAM001, IAM002, IAM003, IAM006, IAM008, IAM009 } from "@groundwork/constructs/aws/iam/rules";
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

  test.each(["GetObject", "s3.GetObject", "S3:GetObject", "s3:Get Object", "s3:", ""])(
    "rejects %p as an action",
    (action) => {
      expect(() => Statement.allow({ actions: [action], resources: ["*"] })).toViolate(IAM003);
    },
  );

  test.each(["s3:*", "s3:Get*", "ec2:Describe?pcs", "elasticloadbalancing:CreateRule", "${var.action}"])(
    "accepts %p as an action",
    (action) => {
      expect(() => Statement.allow({ actions: [action], resources: ["*"] })).not.toThrow();
    },
  );

  test("rejects a statement id with a hyphen", () => {
    expect(() => Statement.allow({ sid: "read-it", actions: ["s3:*"], resources: ["*"] })).toViolate(IAM006);
  });
});

describe("Principal", () => {
  test.each(["1234", "1111222233334", "11112222333a"])("rejects account %p", (id) => {
    expect(() => Principal.account(id)).toViolate(IAM009);
  });

  test.each(["role/deploy", "arn:aws:iam", "arn:gcp:iam::111122223333:role/deploy"])("rejects %p as an ARN", (arn) => {
    expect(() => Principal.arn(arn)).toViolate(IAM008);
  });

  test("accepts values that are known only at apply", () => {
    expect(Principal.account("${data.aws_caller_identity.a.account_id}").value).toContain("root");
    expect(Principal.arn("${aws_iam_role.a.arn}").value).toBe("${aws_iam_role.a.arn}");
  });
});
