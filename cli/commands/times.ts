import { action, addCommand, type Registration } from "../program/command";
import { withStackOptions } from "../project/synthesized-project";
import type { TimesOptions } from "../times/command";

/** Adds `groundwork times`. */
export const registerTimes: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "times [stacks...]",
      summary: "Simulates how long the deployment and the destruction of each stack take, without a cloud.",
      examples: [
        ["times", "all stacks, with the critical path of each"],
        ["times --environment lab --json", "seconds as JSON"],
      ],
    }),
  )
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: TimesOptions) => {
        const { timesCommand } = await import("../times/command.ts");
        return timesCommand(stacks, options, io);
      }),
    );
};
