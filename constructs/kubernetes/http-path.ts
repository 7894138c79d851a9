import { isToken } from "../core/token";
import type { Location } from "../core/violation";
import { KUB014 } from "./rules";

/** Returns an HTTP path that clients request exactly as written; rejects others. */
export function checkedPath(path: string, at?: Location): string {
  if (isToken(path) || /^\/[^\s*?#"\\]*$/.test(path)) return path;
  throw KUB014.violation({ at, given: `path "${path}"`, fix: "use a path such as /healthz" });
}
