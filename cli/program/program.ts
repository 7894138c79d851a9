import { Command, CommanderError } from "commander";
import { registerCheck } from "../commands/check";
import { registerDemo } from "../commands/demo";
import { registerGitlab } from "../commands/gitlab";
import { registerImages } from "../commands/images";
import { registerInit } from "../commands/init";
import { registerKeyPair } from "../commands/key-pair";
import { registerKpaas } from "../commands/kpaas";
import { registerLocal } from "../commands/local";
import { registerNew } from "../commands/new";
import { registerNhn } from "../commands/nhn";
import { registerOrphans } from "../commands/orphans";
import { registerPreflight } from "../commands/preflight";
import { registerProve } from "../commands/prove";
import { registerScan } from "../commands/scan";
import { registerState } from "../commands/state";
import { registerSweep } from "../commands/sweep";
import { registerSynth } from "../commands/synth";
import { registerTimes } from "../commands/times";
import type { Registration } from "./command";
import type { Io } from "./io";
import { version } from "./manifest";

/** All commands, in the order of the help. */
const COMMANDS: readonly Registration[] = [
  registerInit,
  registerNew,
  registerCheck,
  registerState,
  registerSynth,
  registerTimes,
  registerScan,
  registerProve,
  registerPreflight,
  registerLocal,
  registerDemo,
  registerImages,
  registerOrphans,
  registerSweep,
  registerGitlab,
  registerKpaas,
  registerNhn,
  registerKeyPair,
];

const HELP = `
Examples:
  npx groundwork synth                # synthesizes the project in the working directory
  npx groundwork orphans --help       # options and examples of one command

Every command but init, key-pair and nhn requires a CDKTF or cdktn project: a directory with a cdktf.json, or one below it.
Exit codes: 0 success; 1 error, invalid arguments, or a skipped step; 130 interrupted`;

/** The program `groundwork` with all commands. */
export function createProgram(io: Io): Command {
  const program = new Command("groundwork")
    .description("Checks, deploys and operates the stacks of a CDKTF or cdktn project.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText("after", HELP);
  for (const register of COMMANDS) register(program, io);
  configure(program, io);
  return program;
}

/** Parses the arguments and runs the command. */
export async function runProgram(args: readonly string[], io: Io): Promise<void> {
  try {
    await createProgram(io).parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    io.exit(error.exitCode);
  }
}

/** Settings that commander copies to commands only if they are made before these are added. */
function configure(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => {
      io.out(text.trimEnd().split("\n"));
    },
    writeErr: (text) => {
      io.err(text.trimEnd().split("\n"));
    },
    outputError: (text) => {
      io.err({ mark: "error:", colour: "red", text: usageError(text, command) });
    },
  });
  for (const child of command.commands) configure(child, io);
}

/** `unknown option '--wirte' (did you mean --write?); npx groundwork orphans --help shows the usage`. */
function usageError(text: string, command: Command): string {
  const message = text
    .trim()
    .replace(/^error: /, "")
    .replace(/\s*\n\(Did/, " (did")
    .replace(/\.$/, "");
  return `${message}; npx ${fullName(command)} --help shows the usage`;
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
