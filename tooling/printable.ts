/**
 * Characters that change how a terminal shows the text around them: control characters (also the 8-bit ones, with which escape sequences can
 * begin), line and paragraph separators, format characters (bidirectional overrides, invisible characters), and incomplete surrogate pairs.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Sequences that only set colours: logs of installers contain them. */
const COLOUR = /\u001b\[[\d;]*m/g;

/**
 * A text from outside (a cloud's response, a machine's log, another program's output) as one line without control characters: colours are
 * removed, and each other character is replaced by its escape sequence in JSON, so that printed JSON has the same meaning.
 *
 * @example printable("a\u001b[2J\nb") // a\u001b[2J\nb, in which nothing is interpreted
 */
export function printable(text: string): string {
  return text.replace(COLOUR, "").replace(UNPRINTABLE, escapeSequence);
}

function escapeSequence(character: string): string {
  return NAMED[character] ?? character.split("").map(unicodeEscape).join("");
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
