import { shellWord } from "@groundwork/constructs/core/quoting";
import { printable } from "@groundwork/tooling/printable";

/**
 * A comment between commands to paste. Some interactive shells (zsh by default) do not know comments and run the rest of the line, so the
 * text is one quoted word unless its characters are harmless.
 *
 * @example comment("volume vol-1") // # volume vol-1
 */
export function comment(text: string): string {
  const line = printable(text);
  return `# ${/^[\w .,:/@+-]*$/.test(line) ? line : shellWord(line)}`;
}
