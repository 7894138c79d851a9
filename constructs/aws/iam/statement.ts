import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import type { Partition } from "../partition";
import { type Principal, renderPrincipals } from "./principal";
import { IAM001, IAM002, IAM003, IAM006, IAM011, IAM015 } from "./rules";

/** Operator of a condition, without its prefixes and suffixes. */
export type ConditionOperator =
  | `String${"" | "Not"}${"Equals" | "EqualsIgnoreCase" | "Like"}`
  | `Arn${"" | "Not"}${"Equals" | "Like"}`
  | `Numeric${"" | "Not"}Equals`
  | `${"Numeric" | "Date"}${"LessThan" | "GreaterThan"}${"" | "Equals"}`
  | `${"" | "Not"}IpAddress`
  | "Bool";

/** Conditions of a statement: operator → condition key → value or values. */
export type Conditions = {
  readonly [K in `${"" | "ForAnyValue:" | "ForAllValues:"}${ConditionOperator}${"" | "IfExists"}` | "Null"]?: Readonly<
    Record<string, string | readonly string[]>
  >;
};

/** Parts of a statement. */
export interface StatementProps {
  /** Statement id: letters and digits. @default - none */
  readonly sid?: string;
  /** Actions such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, optionally with wildcards and policy variables, or `*`. @default - none, as in trust policies */
  readonly resources?: readonly string[];
  /** Principals that the statement applies to. @default - none: the identity that the policy is attached to */
  readonly principals?: readonly Principal[];
  /** Conditions under which the statement applies. @default - none */
  readonly conditions?: Conditions;
}

/** IAM compares services and actions without regard to case. */
const ACTION = /^[a-z][a-z0-9-]*:[a-z0-9*?]+$/i;

/** An ARN with wildcards and policy variables in any part; IAM accepts an empty service or region. */
const RESOURCE = /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:/;

/**
 * Defines a statement of a policy: effect, principals, actions, resources and conditions. A value object.
 *
 * @example Statement.allow({ actions: ["s3:GetObject"], resources: [`${bucket.bucketArn}/*`] })
 */
export class Statement {
  /** Allows actions. Rejects every action on every resource, which is written {@link allowEverything}. */
  static allow(props: StatementProps): Statement {
    const { actions, resources = [] } = props;
    if (actions.some(isEverything) && (resources.length === 0 || resources.some((resource) => resource === "*")))
      throw IAM002.violation({
        at: props.sid ?? "Statement.allow",
        given: 'actions "*" on resources "*"',
        fix: "name the actions or the resources, or use Statement.allowEverything()",
      });
    return new Statement("Allow", props);
  }

  /** Denies actions, regardless of other statements. */
  static deny(props: StatementProps): Statement {
    return new Statement("Deny", props);
  }

  /** Allows every action on every resource: administrator access. */
  static allowEverything(): Statement {
    return new Statement("Allow", { actions: ["*"], resources: ["*"] });
  }

  /** Statement id; undefined when it has none. */
  readonly sid: string | undefined;
  /** Actions such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs of the resources. */
  readonly resources: readonly string[];
  /** Principals that the statement applies to. */
  readonly principals: readonly Principal[];
  /** Conditions under which the statement applies. */
  readonly conditions: Conditions;

  private constructor(
    /** Whether the statement allows or denies. */
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

  /** Whether the statement allows access for anyone without conditions. */
  get isPublic(): boolean {
    return (
      this.effect === "Allow" &&
      this.principals.some((principal) => principal.isAnyone) &&
      Object.keys(this.conditions).length === 0
    );
  }

  /** The statement as JSON data. A list of one value is rendered as the value, as AWS returns it. */
  render(partition: Partition = "aws"): Readonly<Record<string, unknown>> {
    return {
      ...defined({ Sid: this.sid }),
      Effect: this.effect,
      ...(this.principals.length === 0 ? {} : { Principal: renderPrincipals(this.principals, partition) }),
      Action: oneOrMany(this.actions),
      ...(this.resources.length === 0 ? {} : { Resource: oneOrMany(this.resources) }),
      ...(Object.keys(this.conditions).length === 0 ? {} : { Condition: this.conditions }),
    };
  }

  private check(): void {
    const at = this.sid ?? "Statement";
    if (this.actions.length === 0)
      throw IAM001.violation({ at, given: "no action", fix: 'add an action, for example "s3:GetObject"' });
    const invalid = this.actions.find((action) => !isToken(action) && !isEverything(action) && !ACTION.test(action));
    if (invalid !== undefined)
      throw IAM003.violation({ at, given: `action "${invalid}"`, fix: "write it as service:Action" });
    const resource = this.resources.find((arn) => arn !== "*" && !isToken(arn) && !RESOURCE.test(arn));
    if (resource !== undefined)
      throw IAM011.violation({
        at,
        given: `resource "${resource}"`,
        fix: 'use an ARN, with wildcards where needed, or "*"',
      });
    const key = Object.values(this.conditions)
      .flatMap((keys) => Object.keys(keys))
      .find((each) => !isToken(each) && !/^[^\s:][^:]*:./.test(each));
    if (key !== undefined)
      throw IAM015.violation({ at, given: `condition key "${key}"`, fix: 'use a key such as "aws:SourceAccount"' });
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
