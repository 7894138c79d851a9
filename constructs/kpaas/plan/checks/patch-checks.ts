import type { Violation } from "../../../core/violation";
import { KPB004 } from "../../boot/rules";
import type { Patch } from "../release/patch";

/** Violations of a list of patches. */
export function patchViolations(patches: readonly Patch[]): readonly Violation[] {
  return patches
    .filter(({ file, find, replace }) => /^\/|(^|\/)\.\.(\/|$)/.test(file) || find === "" || find === replace)
    .map(({ name, file }) =>
      KPB004.violation({
        at: name,
        given: `a patch of ${file}`,
        fix: "give a path relative to the checkout, a text that occurs in the file, and a different replacement",
      }),
    );
}
