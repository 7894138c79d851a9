import { isToken } from "../token";
import { isPlainText } from "./characters";
import { QUO001 } from "./rules";

/** Words of these characters have the same meaning with and without quotes. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A reference to a variable, `$NAME` or `${NAME}`. */
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/**
 * A text as one word of a shell command: the program receives exactly this text.
 *
 * @example `test -s ${shellWord(path)}`
 */
export function shellWord(text: string): string {
  checkText(text, "a word of a shell command");
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A text with references to variables as one word of a shell command. `$NAME` and `${NAME}` are replaced by the values of the variables,
 * every other character stays as it is.
 *
 * @example shellExpression("s3://$SITE_BUCKET") // "s3://$SITE_BUCKET", in double quotes
 */
export function shellExpression(text: string): string {
  checkText(text, "a word of a shell command");
  const names = [...text.matchAll(VARIABLE)];
  if (names.length === 0 || isToken(text)) return shellWord(text);
  const literals = text.split(new RegExp(VARIABLE.source.replaceAll(/\((?!\?)/g, "(?:"), "g"));
  const quoted = literals.map((literal) => literal.replace(/["\\$`]/g, "\\$&"));
  return `"${quoted.map((literal, index) => literal + variableAt(names, index, literals[index + 1] ?? "")).join("")}"`;
}

/** A variable of a shell as one word, also if its value contains spaces. */
export function shellVariable(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw QUO001.violation({ given: `shell variable "${name}"`, fix: "use letters, digits and underscores" });
  return `"$${name}"`;
}

/**
 * An option with a value as words of a shell command. A value with a leading hyphen is joined to its option, or the program would
 * read it as another option.
 */
export function shellOption(option: string, value: string): string {
  return value.startsWith("-") ? `${option}=${shellWord(value)}` : `${option} ${shellWord(value)}`;
}

/** A path as one word of a shell command that is never read as an option, with references to variables. */
export function shellPath(path: string): string {
  return shellExpression(path.startsWith("-") ? `./${path}` : path);
}

/**
 * A text as a here-document, in which only the given variables are replaced by their values.
 *
 * @example `kubectl apply --filename=- ${shellHereDocument(yaml, ["IMAGE"])}`
 */
export function shellHereDocument(text: string, variables: readonly string[]): string {
  checkText(text, "a here-document");
  const lines = text.split("\n");
  const end = ["EOF", ...lines.map((_, index) => `EOF${index}`)].find((word) => !lines.includes(word)) ?? "EOF";
  const kept = new RegExp(`\\$(?!\\{TfToken\\[|(?:${variables.join("|") || "(?!)"})\\b)|[\`\\\\]`, "g");
  return `<<${end}\n${text.replace(kept, "\\$&")}${text.endsWith("\n") ? "" : "\n"}${end}`;
}

function variableAt(names: readonly RegExpMatchArray[], index: number, next: string): string {
  const name = names[index]?.[1] ?? names[index]?.[2];
  if (name === undefined) return "";
  return /^\w/.test(next) ? `\${${name}}` : `$${name}`;
}

function checkText(text: string, subject: string): void {
  if (!isPlainText(text))
    throw QUO001.violation({
      given: `${subject} with control characters: ${JSON.stringify(text.slice(0, 60))}`,
      fix: "remove them",
    });
}
