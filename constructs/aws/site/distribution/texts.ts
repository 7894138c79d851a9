import { derivedText, type TextRule } from "../../../core/text-rule";

/** Texts of CloudFront. Source: CloudFront API reference: DistributionConfig, FunctionConfig, OriginAccessControlConfig. */
const ANY = { minLength: 0, character: /^[^\p{Cc}]$/u, characters: "no control characters" };
const COMMENT: TextRule = { text: "CloudFront comment", maxLength: 128, ...ANY };
const DESCRIPTION: TextRule = { text: "origin access control description", maxLength: 256, ...ANY };

/** A comment of a distribution or function, shortened. */
export function comment(text: string): string {
  return derivedText(text, COMMENT);
}

/** A description of an origin access control, shortened. */
export function accessDescription(text: string): string {
  return derivedText(text, DESCRIPTION);
}
