import { PolicyDocument } from "@groundwork/constructs/aws/iam/policy-document";
import { PolicyKind } from "@groundwork/constructs/aws/iam/policy-kind";
import { Principal } from "@groundwork/constructs/aws/iam/principal";
import { IAM001, IAM004, IAM005, IAM006 } from "@groundwork/constructs/aws/iam/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { TerraformOutput, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { awsStack, synthesized } from "../../../support/fixture";

const read = Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] });
const anyone = [Principal.anyone()];

/** A document whose JSON has about the given number of characters. */
function ofLength(length: number, principals: readonly Principal[] = []): PolicyDocument {
  const resources = [`arn:aws:s3:::${"x".repeat(length)}`];
  return PolicyDocument.of(Statement.allow({ actions: ["s3:GetObject"], resources, principals }));
}

describe("PolicyDocument", () => {
  test("renders JSON for IAM without white space", () => {
    expect(PolicyDocument.of(read).toJson(PolicyKind.INLINE)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
    );
  });

  test("renders the same text every time, in the order of addition", () => {
    const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "kms:Decrypt", "sts:AssumeRole");
    fc.assert(
      fc.property(fc.uniqueArray(action, { minLength: 1 }), (actions) => {
        const statements = actions.map((action) => Statement.allow({ actions: [action], resources: ["*"] }));
        const document = PolicyDocument.of().with(...statements);
        const json = document.toJson(PolicyKind.MANAGED);
        expect(document.toJson(PolicyKind.MANAGED)).toBe(json);
        expect((JSON.parse(json) as { Statement: { Action: string }[] }).Statement.map((s) => s.Action)).toEqual(
          actions,
        );
      }),
    );
  });

  test("renders identical statements once", () => {
    expect(PolicyDocument.of(read, read).toJson(PolicyKind.INLINE)).toBe(
      PolicyDocument.of(read).toJson(PolicyKind.INLINE),
    );
  });

  test("is not changed by with", () => {
    const document = PolicyDocument.of(read);
    document.with(Statement.deny({ actions: ["s3:*"], resources: ["*"] }));
    expect(document.statements).toEqual([read]);
  });

  test.each([
    "${aws:username}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'none'}",
    "${s3:prefix}",
    "${saml:sub}",
    "${graph.facebook.com:id}",
    "${*}",
    "${?}",
    "${$}",
    "${x}",
    "%{x}",
    "$${aws:username}",
  ])("passes %s to IAM, and a value that is known only at apply to Terraform", (variable) => {
    const stack = awsStack();
    const bucket = new TerraformVariable(stack, "bucket", { type: "string" }).stringValue;
    const resources = [`arn:aws:s3:::b/${variable}/*`, `${bucket}/${variable}`];
    const conditions = { StringLike: { "s3:prefix": variable } };
    const json = PolicyDocument.of(Statement.allow({ actions: ["s3:GetObject"], resources, conditions })).toJson(
      PolicyKind.INLINE,
    );
    new TerraformOutput(stack, "policy", { value: json });
    const { value } = (synthesized(stack)["output"] as unknown as Record<string, { value: string }>)["policy"] ?? {};
    const escaped = variable.replace("${", () => "$${").replace("%{", "%%{");
    expect(value).toContain(`"arn:aws:s3:::b/${escaped}/*"`);
    expect(value).toContain(`"\${var.bucket}/${escaped}"`);
    expect(value).toContain(`{"s3:prefix":"${escaped}"}`);
  });

  test("writes characters that IAM does not accept in a document as escape sequences, with the same meaning", () => {
    const resources = ["arn:aws:s3:::b/보고서/😀/Größe"];
    const document = PolicyDocument.of(Statement.allow({ actions: ["s3:GetObject"], resources }));
    const json = document.toJson(PolicyKind.INLINE);
    expect([...json].every((character) => character <= "\u00ff")).toBe(true);
    expect(JSON.parse(json)).toMatchObject({ Statement: [{ Resource: resources[0] }] });
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-west-2", "aws"],
  ])("contains the partition of the provider's region (%s)", (region, partition) => {
    const document = PolicyDocument.of(
      Statement.allow({ actions: ["sts:AssumeRole"], principals: [Principal.account("111122223333")] }),
    );
    expect(document.toJson(PolicyKind.TRUST, awsStack(region))).toContain(`arn:${partition}:iam::111122223333:root`);
    expect(document.toJson(PolicyKind.TRUST)).toContain("arn:aws:iam::111122223333:root");
  });

  test.each([
    [PolicyKind.MANAGED, 6_144, []],
    [PolicyKind.INLINE, 10_240, []],
    [PolicyKind.BUCKET, 20_480, anyone],
  ] as const)("rejects a $label over its limit, and accepts the limit", (kind, limit, principals) => {
    const frame = ofLength(0, principals).toJson(kind).length;
    expect(ofLength(limit - frame, principals).toJson(kind)).toHaveLength(limit);
    expect(() => ofLength(limit - frame + 1, principals).toJson(kind)).toViolate(IAM004, new RegExp(String(limit)));
  });

  test("rejects a document without statements", () => {
    expect(() => PolicyDocument.of().toJson(PolicyKind.INLINE)).toViolate(IAM001);
  });

  test("rejects a resource policy without principals, and an identity policy without resources", () => {
    expect(() => PolicyDocument.of(read).toJson(PolicyKind.BUCKET)).toViolate(IAM001, /without principals/);
    const incomplete = Statement.allow({ actions: ["s3:GetObject"] });
    expect(() => PolicyDocument.of(incomplete).toJson(PolicyKind.INLINE)).toViolate(IAM001, /without resources/);
  });

  test("rejects principals in an identity policy and resources in a trust policy", () => {
    const both = Statement.allow({ actions: ["s3:GetObject"], resources: ["*"], principals: anyone });
    expect(() => PolicyDocument.of(both).toJson(PolicyKind.INLINE)).toViolate(IAM005, /with principals/);
    expect(() => PolicyDocument.of(both).toJson(PolicyKind.TRUST)).toViolate(IAM005, /with resources/);
  });

  test("rejects two statements with the same id", () => {
    const first = Statement.allow({ sid: "Read", actions: ["s3:GetObject"], resources: ["*"] });
    const second = Statement.allow({ sid: "Read", actions: ["s3:PutObject"], resources: ["*"] });
    expect(() => PolicyDocument.of(first, second).toJson(PolicyKind.INLINE)).toViolate(IAM006, /two statements "Read"/);
  });
});
