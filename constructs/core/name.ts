import { checkStack, claim, type NameOwner } from "./name-claims";
import { TAG_LIMITS } from "./limits";
import { NAM001 } from "./rules";
import { shortened } from "./text";
import { escapeTerraform, isToken } from "./token";
import type { Location } from "./violation";

/** The names that a service accepts. */
export interface NameRule {
  /** The named resource type, as it appears in errors. */
  readonly service: string;
  /** Largest number of characters. */
  readonly maxLength: number;
  /** Pattern of the whole name. */
  readonly pattern: RegExp;
  /** Whether the service considers names that differ only in case as the same name. @default false */
  readonly ignoresCase?: boolean;
}

/** Parts of a path that carry no meaning; `constructs` omits them from unique ids, too. */
const HIDDEN = new Set(["Default", "Resource"]);

/**
 * Defines a physical name. All generated names come from this class, so each can be traced to a construct.
 *
 * A name is the construct's path in kebab case: `local-eks/Network/public/a` becomes `local-eks-network-public-a`.
 * Characters that a service does not accept become hyphens. A name that is too long is truncated and ends in eight digits of its hash, so that two long paths have different names.
 * Two constructs of an app whose paths result in the same name are rejected (NAM002).
 *
 * @example Name.of(this).fit({ service: "IAM role", maxLength: 64, pattern: /^[\w+=,.@-]+$/ })
 */
export class Name {
  /** The name of a construct, derived from its path. */
  static of(construct: NameOwner): Name {
    checkStack(construct);
    return new Name(construct);
  }

  private constructor(private readonly owner: NameOwner) {}

  /** The name, truncated to the length that the service accepts. Rejected when another construct has it. */
  fit(rule: NameRule): string {
    const name = this.prefix(rule);
    claim({ name, rule, owner: this.owner, origin: "generated" });
    return name;
  }

  /** The name, truncated, for services that append a unique suffix: two resources may have the same prefix. */
  prefix(rule: NameRule): string {
    return Name.check(shortened(accepted(this.toString(), rule), rule.maxLength), rule, this.owner.node.path);
  }

  /** The name as the value of a tag, which need not be unique: truncated and escaped for Terraform. */
  tag(suffix = ""): string {
    return escapeTerraform(shortened(`${this.toString()}${suffix}`, TAG_LIMITS.value));
  }

  /** Returns the name of an existing resource, or rejects it when its service would not accept it. */
  static check(name: string, rule: NameRule, at?: Location): string {
    if (isToken(name)) return name;
    if (name.length > rule.maxLength || !rule.pattern.test(name))
      throw NAM001.violation({
        at,
        given: `${rule.service} name "${name}" (${name.length} characters)`,
        fix: `use at most ${rule.maxLength} characters that match ${rule.pattern.source}`,
      });
    return name;
  }

  /**
   * Returns a user-defined name of a resource that is created. Rejects a name that its service would not accept, and a name that
   * another construct of the same stack, or of the same account (when it is given), has.
   */
  static claim(name: string, rule: NameRule, owner: NameOwner, account?: string): string {
    checkStack(owner);
    Name.check(name, rule, owner);
    claim({ name, rule, owner, origin: "given", account });
    return name;
  }

  /** The name as text. */
  toString(): string {
    return this.owner.node.path
      .split("/")
      .filter((part) => part !== "" && !HIDDEN.has(part))
      .map((part) =>
        part
          .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
          .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
          .toLowerCase(),
      )
      .join("-");
  }
}

/** The name with a hyphen for each character that the service accepts nowhere in a name. */
function accepted(name: string, { pattern }: NameRule): string {
  return [...name].map((character) => (pattern.test(`a${character}a`) ? character : "-")).join("");
}
