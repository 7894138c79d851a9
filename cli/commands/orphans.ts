import type { OrphansOptions } from "../orphans/command";
import { action, addCommand, type Registration } from "../program/command";
import { withStackOptions } from "../project/synthesized-project";

/** Adds `groundwork orphans`. */
export const registerOrphans: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "orphans [stacks...]",
      summary: "Lists AWS resources that Terraform created and that are in no state, and the remedy for each.",
      examples: [
        ["orphans --environment lab", "the stacks whose ids start with lab-"],
        ["orphans 'lab-*' --write", "also writes import blocks; the next deploy executes them"],
        ["orphans my-stack --json | jq .removals", "for programs"],
      ],
    }),
  )
    .option("--tag <key=value...>", "tags of the resources (default: the common default_tags of the AWS providers)")
    .option("--write", "write import blocks to the directories of the stacks")
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: OrphansOptions) => {
        const { orphansAction } = await import("../orphans/command.ts");
        return orphansAction(stacks, options, io);
      }),
    );
};
