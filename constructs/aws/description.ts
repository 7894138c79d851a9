import type { IConstruct } from "constructs";
import { checkedText, derivedText, type TextRule } from "../core/text-rule";

/** Description of a resource: the given text, or the construct path. Rejects a text that the service would not accept. */
export function descriptionOf(owner: IConstruct, given: string | undefined, rule: TextRule): string {
  return given === undefined ? derivedText(owner.node.path, rule) : checkedText(given, rule, owner);
}
