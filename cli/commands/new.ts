import type { NewEnvironmentOptions } from "../new/environment";
import { action, addCommand, addGroup, type Registration } from "../program/command";

/** Adds `groundwork new environment`. */
export const registerNew: Registration = (parent, io) => {
  const group = addGroup(parent, "new", "Adds files to a clone of the Groundwork repository.", [
    ["new environment staging --from production", "an environment that is deployed together with the others"],
  ]);
  addCommand(group, {
    usage: "environment <name>",
    summary: "Copies an environment with names and address blocks of its own, and adds it to the app.",
    examples: [
      ["new environment staging --from production", "asks for the account and the state bucket on a terminal"],
      ["new environment staging --from production --account 444455556666", "in another account"],
    ],
  })
    .option("--from <environment>", "environment to copy (default: the recommended values)")
    .option("--account <id>", "AWS account (default: that of the copied environment)")
    .option("--state-bucket <name>", "bucket of the states (default: that of the copied environment)")
    .action(
      action(io, async (name: string, options: NewEnvironmentOptions) => {
        const { newEnvironmentCommand } = await import("../new/environment.ts");
        return newEnvironmentCommand(name, options, io);
      }),
    );
};
