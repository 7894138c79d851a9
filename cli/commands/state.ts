import { action, addCommand, addGroup, type Registration } from "../program/command";
import { withOutputOptions } from "../project/synthesized-project";
import type { StateOptions } from "../state/command";

/** Adds `groundwork state create`. */
export const registerState: Registration = (parent, io) => {
  const group = addGroup(parent, "state", "Manages the bucket in which an environment stores its Terraform states.", [
    ["state create production", "creates the bucket, or sets the properties of an existing one"],
  ]);
  withOutputOptions(
    addCommand(group, {
      usage: "create <environment>",
      summary: "Creates the state bucket of an environment: versioned, encrypted, private, TLS only. Is idempotent.",
      examples: [
        ["state create production", "in the account of the credentials, which the environment must allow"],
        ["state create local --endpoint http://127.0.0.1:4566", "on a local cloud"],
      ],
    }),
  )
    .option("--endpoint <url>", "address of a local cloud (default: AWS)")
    .option("--json", "print JSON")
    .action(
      action(io, async (environment: string, options: StateOptions) => {
        const { stateCreateAction } = await import("../state/command.ts");
        return stateCreateAction(environment, options, io);
      }),
    );
};
