import { action, addCommand, type Registration } from "../program/command";
import type { PreflightOptions } from "../preflight/command";
import { withStackOptions } from "../project/synthesized-project";

/** Adds `groundwork preflight`. */
export const registerPreflight: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "preflight [stacks...]",
      summary: "Compares stacks with their clouds before a deployment: quotas, names, images, roles, permissions.",
      examples: [
        ["preflight lab-openstack", "what the project lacks for the stack, with the fix of each problem"],
        ["preflight 'production-*' --json", "all stacks of an environment together, for programs"],
        ["preflight lab-nhn --nhn-quota vpcs=5", "with a quota that NHN Cloud has raised"],
      ],
      exitCodes:
        "0 nothing is missing; 1 error, something is missing, or with --strict a check could not be made; 130 interrupted",
    }),
  )
    .option("--nhn-quota <kind=number...>", "quotas that NHN Cloud has raised, which its API does not return")
    .option("--strict", "exit code 1 also when a check could not be made")
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: PreflightOptions) => {
        const { preflightCommand } = await import("../preflight/command.ts");
        return preflightCommand(stacks, options, io);
      }),
    );
};
