import { action, addCommand, type Registration } from "../program/command";
import { withStackOptions } from "../project/synthesized-project";
import type { SweepOptions } from "../sweep/command";

/** Adds `groundwork sweep`. */
export const registerSweep: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "sweep [stacks...]",
      summary: "Lists or deletes AWS resources that controllers of a cluster created and did not delete.",
      examples: [
        ["sweep --environment lab", "dry run: lists the leftovers and the commands that delete them"],
        ["sweep --environment lab --delete", "deletes them in that order"],
        ["sweep my-cluster --json", "for programs; stacks that depend on my-cluster are included"],
      ],
    }),
  )
    .option("--delete", "delete the leftovers")
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: SweepOptions) => {
        const { sweepAction } = await import("../sweep/command.ts");
        return sweepAction(stacks, options, io);
      }),
    );
};
