import { credentialsFrom, issueToken } from "@groundwork/tooling/keystone-token";
import { runInTerminal } from "./run-in-terminal";

/** Input and output of `groundwork nhn`. */
export interface NhnCommand {
  /** The command to run and its arguments. */
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Prints to standard error, so that the command's own output can be processed. */
  readonly log: (text: string) => void;
  /** Runs a program and returns its exit code. @default - in the terminal of this process */
  readonly run?: (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
}

/** Terraform's variable for the token: ephemeral, in every stack on NHN Cloud. */
const VARIABLE = "TF_VAR_nhn_token";

/**
 * Runs a command with a new token in its environment, and returns the command's exit code. The token is in no file, argument or
 * output, and not in the shell.
 */
export async function nhnCommand({ words, env, log, run = runInTerminal }: NhnCommand): Promise<number> {
  const [command = "", ...args] = words;
  const token = await issueToken(credentialsFrom(env));
  log(`token for NHN Cloud's API${token.expires === "" ? "" : `, valid until ${token.expires}`}`);
  return run(command, args, { ...env, [VARIABLE]: token.id });
}
