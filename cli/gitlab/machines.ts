import { REPORTS } from "@groundwork/constructs/gitlab/machine/first-boot-report";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";

/** A machine of a stack that tells how its first boot goes. */
export interface ReportingMachine {
  /** What it is among its stack's: `server`, `runner`. */
  readonly noun: string;
  /** Its tag `Name`. */
  readonly name: string;
  /** Parameter in which it tells. */
  readonly parameter: string;
}

/** The machines of a stack that tell how their first boot goes, read from what was synthesized. */
export function reportingMachines(stack: SynthesizedStack): readonly ReportingMachine[] {
  return [...stack.resources("aws_ssm_parameter").values()]
    .map((block) => textArgument(block, "name"))
    .filter((parameter) => parameter.startsWith(REPORTS))
    .map((parameter) => {
      const name = parameter.slice(REPORTS.length);
      return { noun: name.replace(`${stack.id}-`, "").replace(/-machine$/, ""), name, parameter };
    })
    .sort((one, other) => other.noun.localeCompare(one.noun));
}
