import type { Violation } from "../../core/violation";
import type { Patch } from "../patch";
import { KPB004 } from "./rules";

/** What is wrong with a list of patches. */
export function patchViolations(patches: readonly Patch[]): readonly Violation[] {
  return patches
    .filter(({ file, find, replace }) => /^\/|(^|\/)\.\.(\/|$)/.test(file) || find === "" || find === replace)
    .map(({ name, file }) =>
      KPB004.violation({
        at: name,
        given: `a patch of ${file}`,
        fix: "give a path from the checkout's root, a text that stands there, and another one",
      }),
    );
}
