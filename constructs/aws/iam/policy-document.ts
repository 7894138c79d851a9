import type { PolicyKind } from "./policy-kind";
import { IAM001, IAM004, IAM005, IAM006 } from "./rules";
import type { Statement } from "./statement";

/** `${aws:username}` and its kind: IAM's own variables, which Terraform would take for an expression. */
const POLICY_VARIABLE = /(?<!\$)\$\{(?=[a-z][a-z0-9.-]*:[\w/.:-]+\}|[*?$]\})/g;

type Place = { readonly node: { readonly path: string } } | string;

/**
 * Defines a policy document as typed data. A value: `with` returns a longer document.
 *
 * Statements that say the same are written once; order is the order of addition, so the same code always renders the same
 * text. IAM's variables (`${aws:username}`) are escaped for Terraform.
 *
 * @example PolicyDocument.of(Statement.allow({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] })).toJson(PolicyKind.INLINE)
 */
export class PolicyDocument {
  static of(...statements: readonly Statement[]): PolicyDocument {
    return new PolicyDocument(statements);
  }

  private constructor(readonly statements: readonly Statement[]) {}

  /** The document with more statements at its end. */
  with(...more: readonly Statement[]): PolicyDocument {
    return new PolicyDocument([...this.statements, ...more]);
  }

  /** The document as one line of JSON; refuses what the kind of policy does not take. */
  toJson(kind: PolicyKind, at: Place = kind.noun): string {
    this.checkParties(kind, at);
    this.checkIds(kind, at);
    const statements = [...new Set(this.statements.map((statement) => JSON.stringify(statement.render())))];
    const json = `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;
    checkLength(json, kind, at);
    return json.replace(POLICY_VARIABLE, "$$${");
  }

  private checkParties(kind: PolicyKind, at: Place): void {
    if (this.statements.length === 0)
      throw IAM001.violation({
        at,
        given: `a ${kind.noun} without statements`,
        fix: "add one, or leave the policy out",
      });
    for (const { sid = "a statement", principals, resources } of this.statements) {
      checkPart("principals", principals.length > 0, kind.attachedTo !== "identity", `${sid} of a ${kind.noun}`, at);
      checkPart("resources", resources.length > 0, kind.attachedTo !== "trust", `${sid} of a ${kind.noun}`, at);
    }
  }

  private checkIds(kind: PolicyKind, at: Place): void {
    const ids = this.statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
    const twice = ids.find((sid, index) => ids.indexOf(sid) !== index);
    if (twice !== undefined)
      throw IAM006.violation({ at, given: `two statements "${twice}" in a ${kind.noun}`, fix: "rename one of them" });
  }
}

/** A part of a statement either has to be there or must not be. */
function checkPart(part: string, isThere: boolean, belongs: boolean, statement: string, at: Place): void {
  if (belongs && !isThere)
    throw IAM001.violation({ at, given: `${statement} without ${part}`, fix: "say whom and what it is about" });
  if (!belongs && isThere)
    throw IAM005.violation({
      at,
      given: `${statement} with ${part}`,
      fix: "leave them out: the policy's place says it",
    });
}

/** Counts without what only Terraform knows: a document that is too long even so is too long for certain. */
function checkLength(json: string, kind: PolicyKind, at: Place): void {
  const length = json.replace(/\$\{TfToken\[[^\]]*\]\}/g, "").length;
  if (length > kind.maxLength)
    throw IAM004.violation({
      at,
      given: `a ${kind.noun} of ${length} characters`,
      fix: `keep it to ${kind.maxLength}: group resources by a prefix, or split it`,
    });
}
