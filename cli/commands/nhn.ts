import { action, addCommand, type Registration } from "../program/command";

/** Adds `groundwork nhn`. */
export const registerNhn: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "nhn <command...>",
    summary:
      "Runs a command with a new token of NHN Cloud's API in TF_VAR_nhn_token, from OS_TENANT_ID, OS_USERNAME and OS_PASSWORD.",
    examples: [["nhn npx cdktf deploy lab-nhn", "the token is in no file, argument or output"]],
    exitCodes: "the exit code of the command; 1 when no token was issued or the command could not be started",
  })
    .passThroughOptions()
    .action(
      action(io, async (words: readonly string[]) => {
        const { nhnCommand } = await import("../nhn/command.ts");
        return nhnCommand({ words, env: process.env, log: io.err });
      }),
    );
};
