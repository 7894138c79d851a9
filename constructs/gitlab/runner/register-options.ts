import { detectSecret } from "../../boot/detect-secret";
import { isSingleLine } from "../../core/quoting/characters";
import type { Location } from "../../core/violation";
import { GLB007, GLB009 } from "../rules";

/** Registration options that belong to the token: the runner rejects them. Source: GitLab Runner commands. */
const TOKEN_OPTIONS = [
  "locked",
  "access-level",
  "run-untagged",
  "maximum-timeout",
  "paused",
  "tag-list",
  "maintenance-note",
];

/** Registration options that the first boot sets. */
const FIRST_BOOT_OPTIONS = [
  "url",
  "token",
  "registration-token",
  "executor",
  "name",
  "description",
  "clone-url",
  "non-interactive",
  "config",
];

/** Additional options of `gitlab-runner register`, without leading hyphens. */
export type RegisterOptions = Readonly<Record<string, string>>;

/** Rejects options that the runner or the first boot does not accept, and secrets; returns them unchanged. */
export function checkedRegisterOptions(options: RegisterOptions, at: Location): RegisterOptions {
  for (const [option, value] of Object.entries(options)) {
    if (TOKEN_OPTIONS.includes(option))
      throw GLB009.violation({
        at,
        given: `--${option}`,
        fix: "set it where the runner is created in GitLab: it is a property of its token",
      });
    if (FIRST_BOOT_OPTIONS.includes(option) || !/^[a-z][a-z0-9.-]*$/.test(option))
      throw GLB009.violation({
        at,
        given: `--${JSON.stringify(option.slice(0, 60)).slice(1, -1)}`,
        fix: "omit it; the first boot sets such options",
      });
    if (/[\s'"\\`]/.test(value) || !isSingleLine(value))
      throw GLB009.violation({
        at,
        given: `--${option} with the value ${JSON.stringify(value.slice(0, 60))}`,
        fix: "use a value without spaces, quotes, backslashes and control characters",
      });
    const look = detectSecret(value);
    if (look !== undefined) throw GLB007.violation({ at, given: `--${option} looks like ${look}`, fix: "take it out" });
  }
  return options;
}
