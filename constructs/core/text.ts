import { createHash } from "node:crypto";
import { isToken } from "./token";

/** Length of the suffix that distinguishes shortened texts: a hyphen and eight digits of a hash. */
const SUFFIX = 9;

/**
 * Shortens a text that is too long: it is truncated and ends in eight digits of its hash, so that two long texts with the same
 * beginning stay different. Lengths are in characters, as the services count them. A text with tokens is not changed, because
 * its length is known only at apply.
 *
 * @example shortened(this.node.path, 1_000)
 */
export function shortened(text: string, maxLength: number): string {
  const characters = [...text];
  if (characters.length <= maxLength || isToken(text)) return text;
  return `${characters
    .slice(0, maxLength - SUFFIX)
    .join("")
    .replace(/-+$/, "")}-${hashOf(text)}`;
}

/** Eight digits of the hash of a text. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
