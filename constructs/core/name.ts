import { createHash } from "node:crypto";
import { NAM001 } from "./rules";
import { isToken } from "./token";
import type { Location } from "./violation";

/** The names that a service accepts. */
export interface NameRule {
  /** The named resource type, as it appears in errors. */
  readonly service: string;
  readonly maxLength: number;
  /** Pattern of the whole name. */
  readonly pattern: RegExp;
}

/** Parts of a path that carry no meaning; `constructs` omits them from unique ids, too. */
const HIDDEN = new Set(["Default", "Resource"]);

/**
 * Defines a physical name. All generated names come from this class, so each can be traced to a construct.
 *
 * A name is the construct's path in kebab case: `local-eks/Network/public/a` becomes `local-eks-network-public-a`.
 * A name that is too long is truncated and ends in eight digits of its hash, so that two long paths have different names.
 *
 * @example Name.of(this).fit({ service: "IAM role", maxLength: 64, pattern: /^[\w+=,.@-]+$/ })
 */
export class Name {
  /** The name of a construct, derived from its path. */
  static of(construct: { readonly node: { readonly path: string } }): Name {
    return new Name(construct.node.path);
  }

  private constructor(private readonly path: string) {}

  /** The name, truncated to the length that the service accepts. */
  fit(rule: NameRule): string {
    const full = this.toString();
    const name =
      full.length <= rule.maxLength
        ? full
        : `${full.slice(0, rule.maxLength - 9).replace(/-+$/, "")}-${createHash("sha256").update(full).digest("hex").slice(0, 8)}`;
    return Name.check(name, rule, this.path);
  }

  /** Returns a user-defined name, or rejects it when its service would not accept it. */
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

  toString(): string {
    return this.path
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
