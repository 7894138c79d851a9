import { PolicyDocument } from "@groundwork/constructs/aws/iam/policy-document";
import { PolicyKind } from "@groundwork/constructs/aws/iam/policy-kind";
import { Principal } from "@groundwork/constructs/aws/iam/principal";
import { IAM001, IAM004, IAM005, IAM006 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import fc from "fast-check";

const read = Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] });
const anyone = [Principal.anyone()];

/** A document whose JSON has about so many characters. */
function ofLength(length: number, principals: readonly Principal[] = []): PolicyDocument {
  const resources = [`arn:aws:s3:::${"x".repeat(length)}`];
  return PolicyDocument.of(Statement.allow({ actions: ["s3:GetObject"], resources, principals }));
}

describe("PolicyDocument", () => {
  test("is the JSON that IAM reads, without a space", () => {
    expect(PolicyDocument.of(read).toJson(PolicyKind.INLINE)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
    );
  });

  test("is the same text whenever it is rendered, in the order of addition", () => {
    const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "kms:Decrypt", "sts:AssumeRole");
    fc.assert(
      fc.property(fc.uniqueArray(action, { minLength: 1 }), (actions) => {
        const statements = actions.map((one) => Statement.allow({ actions: [one], resources: ["*"] }));
        const document = PolicyDocument.of().with(...statements);
        const json = document.toJson(PolicyKind.MANAGED);
        expect(document.toJson(PolicyKind.MANAGED)).toBe(json);
        expect((JSON.parse(json) as { Statement: { Action: string }[] }).Statement.map((s) => s.Action)).toEqual(
          actions,
        );
      }),
    );
  });

  test("says the same thing once", () => {
    expect(PolicyDocument.of(read, read).toJson(PolicyKind.INLINE)).toBe(
      PolicyDocument.of(read).toJson(PolicyKind.INLINE),
    );
  });

  test("is not changed by what is added to it", () => {
    const document = PolicyDocument.of(read);
    document.with(Statement.deny({ actions: ["s3:*"], resources: ["*"] }));
    expect(document.statements).toEqual([read]);
  });

  test("keeps IAM's own variables from Terraform, and Terraform's expressions as they are", () => {
    const resources = [
      "arn:aws:s3:::b/${aws:username}/*",
      "arn:aws:s3:::b/${aws:PrincipalTag/team}",
      "${aws_s3_bucket.b.arn}/${*}",
    ];
    const json = PolicyDocument.of(Statement.allow({ actions: ["s3:GetObject"], resources })).toJson(PolicyKind.INLINE);
    expect(json).toContain("b/$${aws:username}/*");
    expect(json).toContain("b/$${aws:PrincipalTag/team}");
    expect(json).toContain('"${aws_s3_bucket.b.arn}/$${*}"');
  });

  test.each([
    [PolicyKind.MANAGED, 6_144, []],
    [PolicyKind.INLINE, 10_240, []],
    [PolicyKind.BUCKET, 20_480, anyone],
  ] as const)("rejects a $noun over its limit, and takes one just below", (kind, limit, principals) => {
    const frame = ofLength(0, principals).toJson(kind).length;
    expect(ofLength(limit - frame, principals).toJson(kind)).toHaveLength(limit);
    expect(() => ofLength(limit - frame + 1, principals).toJson(kind)).toViolate(IAM004, new RegExp(String(limit)));
  });

  test("rejects a document without statements", () => {
    expect(() => PolicyDocument.of().toJson(PolicyKind.INLINE)).toViolate(IAM001);
  });

  test("rejects a resource's policy that names no party, and an identity's that names no resource", () => {
    expect(() => PolicyDocument.of(read).toJson(PolicyKind.BUCKET)).toViolate(IAM001, /without principals/);
    const vague = Statement.allow({ actions: ["s3:GetObject"] });
    expect(() => PolicyDocument.of(vague).toJson(PolicyKind.INLINE)).toViolate(IAM001, /without resources/);
  });

  test("rejects parties in an identity's policy and resources in a trust policy", () => {
    const both = Statement.allow({ actions: ["s3:GetObject"], resources: ["*"], principals: anyone });
    expect(() => PolicyDocument.of(both).toJson(PolicyKind.INLINE)).toViolate(IAM005, /with principals/);
    expect(() => PolicyDocument.of(both).toJson(PolicyKind.TRUST)).toViolate(IAM005, /with resources/);
  });

  test("rejects two statements of one name", () => {
    const one = Statement.allow({ sid: "Read", actions: ["s3:GetObject"], resources: ["*"] });
    const other = Statement.allow({ sid: "Read", actions: ["s3:PutObject"], resources: ["*"] });
    expect(() => PolicyDocument.of(one, other).toJson(PolicyKind.INLINE)).toViolate(IAM006, /two statements "Read"/);
  });
});
