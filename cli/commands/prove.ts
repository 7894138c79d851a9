import { InvalidArgumentError } from "commander";
import { action, addCommand, type Registration } from "../program/command";
import { withStackOptions } from "../project/synthesized-project";
import type { ProveOptions } from "../prove/command";

/** Adds `groundwork prove`. */
export const registerProve: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "prove [stacks...]",
      summary:
        "Applies stacks to a local cloud with the real providers, plans again, destroys them, and checks that nothing is left.",
      examples: [
        ["prove", "all stacks, without an account"],
        ["prove lab-network --junit reports/prove.xml", "one stack and those that it needs, with a report for CI"],
        ["prove 'lab-*' --var owner=platform --json", "with a value of a Terraform variable; the result as JSON"],
      ],
      exitCodes:
        "0 every stack is proven; 1 error, a stack is not proven, or the local cloud does not have one of its services; 130 interrupted",
    }),
  )
    .option(
      "--var <name=value>",
      "value of a Terraform variable, also repeated; TF_VAR_* of the environment are used, too",
      (value: string, earlier: readonly string[]) => [...earlier, value],
      [],
    )
    .option("--timeout <minutes>", "longest time for one step of a stack", readMinutes, 60)
    .option("--json", "print JSON")
    .option("--junit <file>", "write a JUnit report")
    .action(
      action(io, async (stacks: readonly string[], options: ProveOptions) => {
        const { proveCommand } = await import("../prove/command.ts");
        return proveCommand(stacks, options, io);
      }),
    );
};

/** Parses a duration. A timer of Node cannot run longer than 24 days. */
export function readMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() === "" || !(minutes > 0 && minutes <= 24 * 60))
    throw new InvalidArgumentError("Use a number of minutes up to 1440.");
  return minutes;
}
