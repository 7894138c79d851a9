import { isToken, literalOf } from "../../core/token";
import type { Location } from "../../core/violation";
import { SIT006, SIT007, SIT009 } from "./rules";

/** A label of a host name, and the last one: a country or generic domain, or an internationalized one in ASCII (`xn--3e0b707e`). */
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST_NAME = new RegExp(String.raw`^(\*\.)?(${LABEL}\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$`);

/** Characters of a name. Source: RFC 1035, without the dot at the end. */
const MAX_LENGTH = 253;

/** Names of one certificate. Source: "Quotas" in the ACM user guide, the largest possible quota. */
const MAX_NAMES = 100;

/**
 * Rejects names that are no lower-case host names, and repetitions. Unresolved tokens are rejected as well, because records are
 * keyed by their names.
 */
export function checkHostNames(names: readonly string[], at?: Location): void {
  if (names.length > MAX_NAMES)
    throw SIT006.violation({ at, given: `${names.length} names`, fix: `use at most ${MAX_NAMES} per certificate` });
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index)
      throw SIT006.violation({ at, given: `the name "${name}" twice`, fix: "list it once" });
    if (name.length > MAX_LENGTH || literalOf(name) !== name || !HOST_NAME.test(name))
      throw SIT006.violation({
        at,
        given: `the name "${name}"`,
        fix: "use a lower-case host name such as www.example.com",
      });
  }
}

/** Rejects the id of a hosted zone that Route 53 does not accept. */
export function checkZoneId(zoneId: string, at?: Location): void {
  if (isToken(zoneId) || /^Z[A-Z0-9]{1,31}$/.test(zoneId)) return;
  throw SIT009.violation({ at, given: `zone "${zoneId}"`, fix: "use its id, for example Z0123456789ABCDEFGHIJ" });
}

/** The name that ACM validates: `*.example.com` is validated as `example.com`. */
export function validatedName(name: string): string {
  return name.replace(/^\*\./, "");
}

/** Rejects a first name that is too long for the common name of a certificate. Source: RequestCertificate in the ACM API reference. */
export function checkSubject(name: string, at?: Location): void {
  if (name.length > 64)
    throw SIT007.violation({
      at,
      given: `the first name "${name}" (${name.length} characters)`,
      fix: "list a name of at most 64 characters first",
    });
}
