import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The library's own folder: the parent of its rooms, or of `lib` where they stand compiled. */
function home(): string {
  const rooms = dirname(__dirname);
  return basename(rooms) === "lib" ? dirname(rooms) : rooms;
}

/**
 * Text of a data file that belongs to a room: `templates/<name>` in its folder. It ships beside the compiled code, unchanged,
 * so that what shellcheck has seen is what runs.
 *
 * @example template("boot", "first-boot.sh")
 */
export function template(room: string, name: string): string {
  return readFileSync(join(home(), room, "templates", name), "utf8");
}
