import { createHash } from "node:crypto";
import { NAM001 } from "./rules";
import { isToken } from "./token";
import type { Place } from "./violation";

/** What a service accepts as a name. */
export interface NameRule {
  /** What the name is for, as it appears in errors. */
  readonly service: string;
  readonly maxLength: number;
  /** What the whole name must look like. */
  readonly pattern: RegExp;
}

/** Parts of a path that carry no meaning for a reader: `constructs` hides them from unique ids, too. */
const SILENT = new Set(["Default", "Resource"]);

/**
 * Makes physical names. The only place that does, so every name in the cloud can be traced to a construct.
 *
 * A name is the construct's path in kebab case: `local-eks/Network/public/a` becomes `local-eks-network-public-a`.
 * A path that is too long keeps its beginning and ends in eight digits of its own hash, so that two long paths stay apart.
 *
 * @example Name.of(this).fit({ service: "IAM role", maxLength: 64, pattern: /^[\w+=,.@-]+$/ })
 */
export class Name {
  /** The name of a construct, by its path. */
  static of(construct: { readonly node: { readonly path: string } }): Name {
    return new Name(construct.node.path);
  }

  private constructor(private readonly path: string) {}

  /** The name, cut to what a service takes. */
  fit(rule: NameRule): string {
    const full = this.toString();
    const name =
      full.length <= rule.maxLength
        ? full
        : `${full.slice(0, rule.maxLength - 9).replace(/-+$/, "")}-${createHash("sha256").update(full).digest("hex").slice(0, 8)}`;
    return Name.check(name, rule, this.path);
  }

  /** Refuses a name, given by a person, that its service would refuse. */
  static check(name: string, rule: NameRule, at?: Place): string {
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
      .filter((part) => part !== "" && !SILENT.has(part))
      .map((part) =>
        part
          .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
          .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
          .toLowerCase(),
      )
      .join("-");
  }
}
