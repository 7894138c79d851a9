import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Root of the library: the parent directory of `boot/`, or of `lib/` in the compiled package. */
function libraryRoot(): string {
  const parent = dirname(__dirname);
  return basename(parent) === "lib" ? dirname(parent) : parent;
}

/**
 * Text of a program that a machine runs at its first boot: `constructs/<area>/programs/<name>`.
 *
 * The text is used without substitutions, so the checked text is the text that runs.
 *
 * @example programText("boot", "first-boot.sh")
 */
export function programText(area: string, name: string): string {
  return readFileSync(join(libraryRoot(), area, "programs", name), "utf8");
}
