/**
 * Whether a text is known only to Terraform at apply. Such a value cannot be checked at synthesis, so checks skip it.
 *
 * CDKTF writes its tokens, and Terraform its expressions, as `${...}`; the core knows no framework and looks no further.
 */
export function isToken(text: string): boolean {
  return text.includes("${");
}
