import { isWholeToken, literalOf } from "../../../core/token";
import type { Location } from "../../../core/violation";
import { KPS017, KPS018 } from "../../rules";

/** The installer searches the text of its variables for this prefix, including the comments. */
const FORBIDDEN = "ISTIO_GATEWAY";

/** Returns a value that shell, sed and YAML read unchanged; rejects any other. */
export function checkedValue(subject: string, value: string, at?: Location): string {
  if (value.includes(FORBIDDEN))
    throw KPS018.violation({ at, given: `${subject}: "${value}"`, fix: `remove ${FORBIDDEN}` });
  if (!isWholeToken(value) && !/^[A-Za-z0-9._@-]+$/.test(literalOf(value)))
    throw KPS017.violation({
      at,
      given: `${subject}: ${JSON.stringify(value.slice(0, 100))}`,
      fix: "use letters, digits, dots, hyphens, underscores and at signs",
    });
  return value;
}
