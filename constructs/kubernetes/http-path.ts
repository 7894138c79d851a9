import { isToken } from "../core/token";
import type { Place } from "../core/violation";
import { KUB014 } from "./rules";

/** A path that is asked for as it stands; refuses what would be asked for differently. */
export function checkedPath(path: string, at?: Place): string {
  if (isToken(path) || /^\/[^\s*?#"\\]*$/.test(path)) return path;
  throw KUB014.violation({ at, given: `path "${path}"`, fix: "write a path such as /healthz" });
}
