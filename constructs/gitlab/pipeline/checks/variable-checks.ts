import { detectSecret } from "../../../boot/detect-secret";
import type { Violation } from "../../../core/violation";
import { PIP013 } from "../../rules";

/** Violations in variables of a pipeline, of a job or of a project. */
export function variableViolations(at: string, variables: Readonly<Record<string, string>>): Violation[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const secret = detectSecret(value);
    if (secret !== undefined)
      return [
        PIP013.violation({
          at,
          given: `${name} looks like ${secret}`,
          fix: "revoke it, and let the job read a new one from a store that its role can access",
        }),
      ];
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return [];
    return [PIP013.violation({ at, given: `variable "${name}"`, fix: "use letters, digits and underscores" })];
  });
}
