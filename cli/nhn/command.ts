import { credentialsFrom, issueToken } from "@groundwork/tooling/keystone-token";

/** Input and output of `npm run nhn`. */
export interface NhnCommand {
  /** The command to run and its arguments. */
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Runs a program and waits for its end. */
  readonly run: (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
  /** Prints to standard error, so that the command's own output can be processed. */
  readonly log: (text: string) => void;
}

/** Terraform's variable for the token: ephemeral, in every stack on NHN Cloud. */
const VARIABLE = "TF_VAR_nhn_token";

/** Runs a command with a new token in its environment. The token is in no file, argument or output, and not in the shell. */
export async function nhnCommand({ words, env, run, log }: NhnCommand): Promise<void> {
  const [command, ...args] = words;
  if (command === undefined)
    throw new Error(
      "usage: npm run nhn -- <command>, for example npm run nhn -- cdktf deploy lab-nhn\n" +
        "Exit codes: 0 success, 1 error, 130 interrupted",
    );
  const token = await issueToken(credentialsFrom(env));
  log(`token for NHN Cloud's API${token.expires === "" ? "" : `, valid until ${token.expires}`}`);
  await run(command, args, { ...env, [VARIABLE]: token.id });
}
