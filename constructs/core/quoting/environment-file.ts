import { isSingleLine } from "./characters";
import { QUO001 } from "./rules";

/**
 * A line of an environment file, which shells and systemd read alike: the value in single quotes, in which neither of them interprets
 * a character.
 *
 * @example environmentLine("HOST", "gitlab.example.com") // HOST='gitlab.example.com'
 */
export function environmentLine(name: string, value: string): string {
  if (!isEnvironmentName(name) || !isEnvironmentValue(value))
    throw QUO001.violation({
      given: `environment variable ${JSON.stringify(name.slice(0, 60))}`,
      fix: "use capitals, digits and underscores in the name, and one line without quotes and backslashes in the value",
    });
  return `${name}='${value}'\n`;
}

/** Whether a text is the name of an environment variable. */
export function isEnvironmentName(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name);
}

/** Whether shells and systemd read a value in single quotes alike. */
export function isEnvironmentValue(value: string): boolean {
  return !/['"\\`]/.test(value) && isSingleLine(value);
}
