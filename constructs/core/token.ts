/**
 * Whether a text contains a value that is known only at apply. It cannot be checked at synthesis, so checks skip it.
 *
 * CDKTF tokens and Terraform expressions are both written `${...}`; the core depends on no framework and checks only that.
 */
export function isToken(text: string): boolean {
  return text.includes("${");
}
