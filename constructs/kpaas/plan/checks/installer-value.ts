import { isToken } from "../../../core/token";
import type { Location } from "../../../core/violation";
import { KPS017, KPS018 } from "../../rules";

/** The installer searches the text of its variables for this prefix, including the comments. */
const FORBIDDEN = "ISTIO_GATEWAY";

/** Returns a value that shell, sed and YAML read unchanged; rejects any other. */
export function checkedValue(subject: string, value: string, at?: Location): string {
  if (isToken(value)) return value;
  if (value.includes(FORBIDDEN))
    throw KPS018.violation({ at, given: `${subject}: "${value}"`, fix: `remove ${FORBIDDEN}` });
  if (!/^[A-Za-z0-9._@-]+$/.test(value))
    throw KPS017.violation({
      at,
      given: `${subject}: "${value}"`,
      fix: "use letters, digits, dots, hyphens, underscores and at signs",
    });
  return value;
}
