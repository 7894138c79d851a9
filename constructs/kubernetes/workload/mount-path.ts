import { isToken } from "../../core/token";
import { derivedLabel, OBJECT_NAMES } from "../names";

/** Whether a directory can be mounted: an absolute path other than the root, without `..`, colons and control characters. */
export function isMountPath(directory: string): boolean {
  const steps = directory.replace(/\/+$/, "").split("/").slice(1);
  const isPlain = steps.length > 0 && steps.every((step) => !["", ".", ".."].includes(step));

  return isToken(directory) || (directory.startsWith("/") && isPlain && !/[:\u0000-\u001f\u007f]/.test(directory));
}

/** `/var/cache` becomes `var-cache`. Paths with other characters than letters and digits get a hash, so that names are distinct. */
export function volumeName(path: string): string {
  const isDistinct = /^(\/[a-z0-9]+)+$/.test(path);
  return derivedLabel(isDistinct ? path.slice(1).replaceAll("/", "-") : path, OBJECT_NAMES.volume);
}
