import { QUO001 } from "./rules";

/**
 * Characters that parsers of YAML 1.1 (cloud-init, Kubernetes) read as line breaks or reject, but JSON and YAML 1.2 as ordinary text.
 * Behind such a line break, the rest of a text could be a key of the document.
 */
const SPECIAL = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Half of a pair that encodes one character: no text file can contain it, and parsers replace or reject its escape sequence. */
const INCOMPLETE = /\p{Surrogate}/u;

/**
 * A text as a quoted string of YAML, which every version of YAML reads as exactly this text.
 *
 * @example yamlString("on") // "on", in double quotes
 */
export function yamlString(text: string): string {
  if (INCOMPLETE.test(text))
    throw QUO001.violation({
      given: `a string of YAML with half of a surrogate pair: ${JSON.stringify(text.slice(0, 60))}`,
      fix: "use complete characters",
    });
  return escapeYaml(JSON.stringify(text));
}

/** Whether a text must be quoted, because it contains characters that {@link escapeYaml} escapes. */
export function hasYamlSpecials(text: string): boolean {
  return text.search(SPECIAL) !== -1;
}

/** Escapes special characters in YAML in which every text that contains them is in double quotes. */
export function escapeYaml(yaml: string): string {
  return yaml.replace(SPECIAL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
