import { FIRST_BOOT_REPORTS } from "@groundwork/constructs/boot";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";

/** A machine of a stack that reports the progress of its first boot. */
export interface ReportingMachine {
  /** Role within the stack: `server`, `runner`. */
  readonly noun: string;
  /** Its tag `Name`. */
  readonly name: string;
  /** Name of the SSM parameter that contains the report. */
  readonly parameter: string;
}

/** The machines of a synthesized stack that report the progress of their first boot. */
export function reportingMachines(stack: SynthesizedStack): readonly ReportingMachine[] {
  return [...stack.resources("aws_ssm_parameter").values()]
    .map((block) => textArgument(block, "name"))
    .filter((parameter) => parameter.startsWith(FIRST_BOOT_REPORTS))
    .map((parameter) => {
      const name = parameter.slice(FIRST_BOOT_REPORTS.length);
      return { noun: name.replace(`${stack.id}-`, "").replace(/-machine$/, ""), name, parameter };
    })
    .sort((a, b) => b.noun.localeCompare(a.noun));
}
