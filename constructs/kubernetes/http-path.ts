import { isToken } from "../core/token";
import type { Location } from "../core/violation";
import { KUB014 } from "./rules";

/** A path and an optional query (RFC 3986, sections 3.3 and 3.4); without `*`, which would be requested literally. */
const REQUEST = /^\/(?:[\w.~!$&'()+,;=:@/-]|%[\da-f]{2})*(?:\?(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*)?$/i;

/** Returns the path of a health check, which is requested exactly as written, with its query; rejects others. */
export function checkedPath(path: string, at?: Location): string {
  if (isToken(path) || REQUEST.test(path)) return path;
  throw KUB014.violation({ at, given: `path "${path}"`, fix: "use a path such as /healthz" });
}
