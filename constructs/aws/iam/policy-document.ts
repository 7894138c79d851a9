import type { IConstruct } from "constructs";
import { escapeTerraform, literalOf } from "../../core/token";
import type { Location } from "../../core/violation";
import { partitionFor } from "../provider-settings";
import type { PolicyKind } from "./policy-kind";
import { IAM001, IAM004, IAM005, IAM006 } from "./rules";
import type { Statement } from "./statement";

/** IAM accepts no other characters in a document; JSON can contain them as escape sequences. Source: "IAM and AWS STS quotas". */
const BEYOND_LATIN_1 = /[\u0100-\uffff]/g;

/**
 * Defines a policy document. A value object: `with` returns an extended copy.
 *
 * Identical statements are rendered once. Statements keep the order of addition, so the same code always renders the same text.
 * Everything but tokens is escaped for Terraform, so that IAM receives its policy variables (`${aws:PrincipalTag/team, 'none'}`).
 * Where the location is a construct, ARNs of accounts have the partition of its provider's region.
 *
 * @example PolicyDocument.of(Statement.allow({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] })).toJson(PolicyKind.INLINE)
 */
export class PolicyDocument {
  /** A policy with these statements. */
  static of(...statements: readonly Statement[]): PolicyDocument {
    return new PolicyDocument(statements);
  }

  private constructor(
    /** Statements of the policy. */
    readonly statements: readonly Statement[],
  ) {}

  /** A copy with statements added at the end. */
  with(...more: readonly Statement[]): PolicyDocument {
    return new PolicyDocument([...this.statements, ...more]);
  }

  /** The document as one line of JSON. Rejects documents that are invalid for the kind of policy. */
  toJson(kind: PolicyKind, at: IConstruct | string = kind.label): string {
    this.checkStatements(kind, at);
    this.checkIds(kind, at);
    const partition = typeof at === "string" ? "aws" : partitionFor(at).name;
    const statements = [...new Set(this.statements.map((statement) => JSON.stringify(statement.render(partition))))];
    const json = `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;
    checkLength(json, kind, at);
    return escapeTerraform(kind.attachedTo === "resource" ? json : json.replace(BEYOND_LATIN_1, escapedUnit));
  }

  private checkStatements(kind: PolicyKind, at: Location): void {
    if (this.statements.length === 0)
      throw IAM001.violation({
        at,
        given: `a ${kind.label} without statements`,
        fix: "add a statement, or omit the policy",
      });
    for (const { sid = "a statement", principals, resources } of this.statements) {
      checkPart("principals", principals.length > 0, kind.attachedTo !== "identity", `${sid} of a ${kind.label}`, at);
      checkPart("resources", resources.length > 0, kind.attachedTo !== "trust", `${sid} of a ${kind.label}`, at);
    }
  }

  private checkIds(kind: PolicyKind, at: Location): void {
    const ids = this.statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
    const duplicate = ids.find((sid, index) => ids.indexOf(sid) !== index);
    if (duplicate !== undefined)
      throw IAM006.violation({
        at,
        given: `two statements "${duplicate}" in a ${kind.label}`,
        fix: "rename one of them",
      });
  }
}

/** A part of a statement is either required or not allowed. */
function checkPart(part: string, isPresent: boolean, isRequired: boolean, statement: string, at: Location): void {
  if (isRequired && !isPresent)
    throw IAM001.violation({ at, given: `${statement} without ${part}`, fix: `add ${part}` });
  if (!isRequired && isPresent)
    throw IAM005.violation({
      at,
      given: `${statement} with ${part}`,
      fix: `omit ${part}: the policy's attachment determines them`,
    });
}

/** Tokens are not counted, so a document that is rejected is too long with any values. */
function checkLength(json: string, kind: PolicyKind, at: Location): void {
  const length = literalOf(json).length;
  if (length > kind.maxLength)
    throw IAM004.violation({
      at,
      given: `a ${kind.label} of ${length} characters`,
      fix: `use at most ${kind.maxLength} characters: combine resources by a prefix, or split the policy`,
    });
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
