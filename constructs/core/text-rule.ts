import { TXT001 } from "./rules";
import { escapeTerraform, isToken, literalOf } from "./token";
import { shortened } from "./text";
import type { Location } from "./violation";

/** The free texts that an argument of a service accepts. */
export interface TextRule {
  /** The text, as it appears in errors, for example `IAM role description`. */
  readonly text: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** A character that the service accepts. */
  readonly character: RegExp;
  /** Those characters, in words. */
  readonly characters: string;
}

/** Returns a user-defined text escaped for Terraform, or rejects it when its service would not accept it. */
export function checkedText(text: string, rule: TextRule, at?: Location): string {
  const { length } = [...text];
  const isLengthValid = isToken(text) || (length >= rule.minLength && length <= rule.maxLength);
  if (!isLengthValid || !hasOnly(literalOf(text), rule))
    throw TXT001.violation({
      at,
      given: `${rule.text} "${text.slice(0, 60)}" (${length} characters)`,
      fix: `use ${rule.minLength === 0 ? "at most" : `${rule.minLength} to`} ${rule.maxLength} characters: ${rule.characters}`,
    });
  return escapeTerraform(text);
}

/** A text that is derived from a construct's path: shortened, with a hyphen for each character that the service does not accept. */
export function derivedText(path: string, rule: TextRule): string {
  const accepted = [...path].map((character) => (hasOnly(character, rule) ? character : "-")).join("");
  return escapeTerraform(shortened(accepted, rule.maxLength));
}

function hasOnly(text: string, { character }: TextRule): boolean {
  return [...text].every((one) => character.test(one));
}
