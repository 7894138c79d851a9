import { isToken } from "../core/token";
import type { Place } from "../core/violation";
import { KPS017, KPS018 } from "./rules";

/** The installer looks for this beginning in the text of its variables, comments included. */
const FORBIDDEN = "ISTIO_GATEWAY";

/** Refuses a value that the installer would break on its way through shell, sed and YAML. */
export function checkedValue(what: string, value: string, at?: Place): string {
  if (isToken(value)) return value;
  if (value.includes(FORBIDDEN))
    throw KPS018.violation({ at, given: `${what}: "${value}"`, fix: `leave out the word ${FORBIDDEN}` });
  if (!/^[A-Za-z0-9._@-]+$/.test(value))
    throw KPS017.violation({
      at,
      given: `${what}: "${value}"`,
      fix: "use letters, digits, dots, hyphens, underscores and at signs",
    });
  return value;
}
