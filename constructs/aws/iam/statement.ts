import { isToken } from "../../core/token";
import type { Principal } from "./principal";
import { renderPrincipals } from "./principal";
import { IAM001, IAM002, IAM003, IAM006 } from "./rules";

type Operator =
  | `String${"" | "Not"}${"Equals" | "EqualsIgnoreCase" | "Like"}`
  | `Arn${"" | "Not"}${"Equals" | "Like"}`
  | `Numeric${"" | "Not"}Equals`
  | `${"Numeric" | "Date"}${"LessThan" | "GreaterThan"}${"" | "Equals"}`
  | `${"" | "Not"}IpAddress`
  | "Bool";

/** When a statement holds: condition operator → condition key → value or values. */
export type Conditions = {
  readonly [K in `${"" | "ForAnyValue:" | "ForAllValues:"}${Operator}${"" | "IfExists"}` | "Null"]?: Readonly<
    Record<string, string | readonly string[]>
  >;
};

/** What a statement says. */
export interface StatementProps {
  /** Name of the statement, letters and digits. @default - none */
  readonly sid?: string;
  /** Actions such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, with `*` where they are patterns. @default - none, as a role's trust policy wants it */
  readonly resources?: readonly string[];
  /** Parties it speaks about. @default - none: the identity that the policy is attached to */
  readonly principals?: readonly Principal[];
  /** When it holds. @default - always */
  readonly conditions?: Conditions;
}

const ACTION = /^[a-z][a-z0-9-]*:[A-Za-z0-9*?]+$/;

/**
 * Defines one sentence of a policy: who may, or may not, do what with which things, and when. A value.
 *
 * @example Statement.allow({ actions: ["s3:GetObject"], resources: [`${bucket.bucketArn}/*`] })
 */
export class Statement {
  /** Allows. Refuses every action on every resource: that is {@link allowEverything}. */
  static allow(props: StatementProps): Statement {
    const { actions, resources = [] } = props;
    if (actions.some(isEverything) && (resources.length === 0 || resources.some((resource) => resource === "*")))
      throw IAM002.violation({
        at: props.sid ?? "Statement.allow",
        given: 'actions "*" on resources "*"',
        fix: "name the actions or the resources, or say Statement.allowEverything()",
      });
    return new Statement("Allow", props);
  }

  /** Denies, whatever other statements allow. */
  static deny(props: StatementProps): Statement {
    return new Statement("Deny", props);
  }

  /** Allows every action on every resource: an administrator. */
  static allowEverything(): Statement {
    return new Statement("Allow", { actions: ["*"], resources: ["*"] });
  }

  readonly sid: string | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly Principal[];
  readonly conditions: Conditions;

  private constructor(
    readonly effect: "Allow" | "Deny",
    props: StatementProps,
  ) {
    this.sid = props.sid;
    this.actions = props.actions;
    this.resources = props.resources ?? [];
    this.principals = props.principals ?? [];
    this.conditions = props.conditions ?? {};
    this.check();
  }

  /** Whether it lets everybody on the internet in, without any condition. */
  get isPublic(): boolean {
    return (
      this.effect === "Allow" &&
      this.principals.some((principal) => principal.isAnyone) &&
      Object.keys(this.conditions).length === 0
    );
  }

  /** The statement as IAM reads it. Lists of one are written as that one, which is how AWS gives them back. */
  render(): Readonly<Record<string, unknown>> {
    return {
      ...(this.sid === undefined ? {} : { Sid: this.sid }),
      Effect: this.effect,
      ...(this.principals.length === 0 ? {} : { Principal: renderPrincipals(this.principals) }),
      Action: oneOrMany(this.actions),
      ...(this.resources.length === 0 ? {} : { Resource: oneOrMany(this.resources) }),
      ...(Object.keys(this.conditions).length === 0 ? {} : { Condition: this.conditions }),
    };
  }

  private check(): void {
    const at = this.sid ?? "Statement";
    if (this.actions.length === 0)
      throw IAM001.violation({ at, given: "no action", fix: 'name at least one, for example "s3:GetObject"' });
    const misspelt = this.actions.find((action) => !isToken(action) && !isEverything(action) && !ACTION.test(action));
    if (misspelt !== undefined)
      throw IAM003.violation({ at, given: `action "${misspelt}"`, fix: "write it as service:Action" });
    if (this.sid !== undefined && !/^[A-Za-z0-9]+$/.test(this.sid))
      throw IAM006.violation({ at, given: `statement id "${this.sid}"`, fix: "use letters and digits only" });
  }
}

function isEverything(action: string): boolean {
  return action === "*" || action === "*:*";
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
