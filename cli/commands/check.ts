import type { CheckOptions } from "../check/command";
import { action, addCommand, type Registration } from "../program/command";

/** Adds `groundwork check`. */
export const registerCheck: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "check [environment]",
    summary: "Prints every mistake of the environment files in one table: file, line, key, given and right value.",
    examples: [
      ["check", "all environments"],
      ["check production --json", "the mistakes of one environment as JSON"],
    ],
    exitCodes: "0 no mistakes, placeholders or missing programs; 1 otherwise; 130 interrupted",
  })
    .option("--json", "print JSON")
    .action(
      action(io, async (environment: string | undefined, options: CheckOptions) => {
        const { checkCommand } = await import("../check/command.ts");
        return checkCommand(environment, options, io);
      }),
    );
};
