import { QUO001 } from "./rules";
import { isPlainText } from "./characters";

/**
 * A text as a string of Terraform's language, in which no template is evaluated.
 *
 * @example hclString("a ${b}") // "a $${b}"
 */
export function hclString(text: string): string {
  if (!isPlainText(text))
    throw QUO001.violation({
      given: `a string of Terraform with control characters: ${JSON.stringify(text.slice(0, 60))}`,
      fix: "remove them",
    });
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}
