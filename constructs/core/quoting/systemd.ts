import { isSingleLine } from "./characters";
import { QUO001 } from "./rules";

/**
 * A text as the value of a setting of a systemd unit: one line, without the specifiers that begin with a percent sign.
 *
 * @example `Description=${systemdValue(description)}`
 */
export function systemdValue(text: string): string {
  return systemdLine(text).replaceAll("%", "%%");
}

/**
 * A line of a systemd unit that the caller writes in systemd's own syntax, such as a command with its arguments. One line, so that it
 * cannot add further settings.
 */
export function systemdLine(text: string): string {
  if (!isSingleLine(text) || text.endsWith("\\"))
    throw QUO001.violation({
      given: `a line of a systemd unit with a line break or another control character: ${JSON.stringify(text.slice(0, 60))}`,
      fix: "use one line",
    });
  return text;
}
