import { credentialsFrom, issueToken } from "@groundwork/tooling/keystone-token";

/** How `npm run nhn` meets the world. */
export interface NhnCommand {
  /** The command to run and its arguments. */
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Runs a program and waits for it. */
  readonly run: (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
  /** Tells a person, not whoever reads the command's output. */
  readonly say: (text: string) => void;
}

/** Name that Terraform reads the token under: the ephemeral variable of every stack on NHN Cloud. */
const VARIABLE = "TF_VAR_nhn_token";

/**
 * Runs a command with a fresh token. The token is in the environment of that command and nowhere else: in no file, no
 * argument, no output, and not in the shell afterwards.
 */
export async function nhnCommand({ words, env, run, say }: NhnCommand): Promise<void> {
  const [command, ...args] = words;
  if (command === undefined)
    throw new Error("usage: npm run nhn -- <command>, for example npm run nhn -- cdktf deploy lab-nhn");
  const token = await issueToken(credentialsFrom(env));
  say(`token of NHN Cloud's API${token.expires === "" ? "" : `, good until ${token.expires}`}`);
  await run(command, args, { ...env, [VARIABLE]: token.id });
}
