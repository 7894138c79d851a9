import { Name } from "../core/name";
import { checkStack, type NameOwner } from "../core/name-claims";
import { checkedText, derivedText, type TextRule } from "../core/text-rule";

/** The name of an object in the dashboard: the given one, or the construct's path, which is shortened when it is too long. */
export function displayName(owner: NameOwner, given: string | undefined, rule: TextRule): string {
  checkStack(owner);
  return given === undefined ? derivedText(Name.of(owner).toString(), rule) : checkedText(given, rule, owner);
}
