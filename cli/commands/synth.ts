import { action, addCommand, type Registration } from "../program/command";
import type { SynthOptions } from "../synth/command";

/** Adds `groundwork synth`. */
export const registerSynth: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "synth [stacks...]",
    summary: "Runs the app of cdktf.json and prints the address plan of every network.",
    examples: [
      ["synth", "all stacks"],
      ["synth 'lab-*' --json", "the address plans of these stacks as JSON"],
    ],
  })
    .option("--environment <name>", "only stacks whose ids start with this name and a hyphen")
    .option(
      "--output <directory>",
      "directory of the synthesized stacks (default: the one in cdktf.json, or cdktf.out)",
    )
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: SynthOptions) => {
        const { synthCommand } = await import("../synth/command.ts");
        return synthCommand(stacks, options, io);
      }),
    );
};
