import type { Command } from "commander";
import type { Io } from "./io";
import { errorLines, stackLines } from "./error-message";

/** Adds a command to the program or to a group of commands. */
export type Registration = (parent: Command, io: Io) => void;

/** An example of a command line with its effect. */
export type Example = readonly [command: string, effect: string];

/** Description of a command for its `--help`. */
export interface CommandText {
  /** Name and arguments: `orphans [stacks...]`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  readonly examples: readonly Example[];
  /** Exit codes that differ from {@link EXIT_CODES}. @default - the same as for every command */
  readonly exitCodes?: string;
}

/** Exit codes of every command. */
export const EXIT_CODES = "0 success; 1 error, invalid arguments, or a skipped step; 130 interrupted";

/** Adds a command with its help; its options and its action are added by the caller. */
export function addCommand(
  parent: Command,
  { usage, summary, examples, exitCodes = EXIT_CODES }: CommandText,
): Command {
  return parent
    .command(usage)
    .description(summary)
    .option("--verbose", "print the stack trace of an error")
    .addHelpText("after", `\n${exampleLines(examples)}\nExit codes: ${exitCodes}`);
}

/** Adds a group of commands, such as `kpaas`. */
export function addGroup(parent: Command, name: string, summary: string, examples: readonly Example[]): Command {
  return parent
    .command(name)
    .description(summary)
    .addHelpText("after", `\n${exampleLines(examples)}`);
}

function exampleLines(examples: readonly Example[]): string {
  const commands = examples.map(([command]) => `npx groundwork ${command}`);
  const width = Math.max(...commands.map(({ length }) => length));
  const lines = examples.map(([, effect], index) => `  ${(commands[index] ?? "").padEnd(width)}  # ${effect}`);
  return `Examples:\n${lines.join("\n")}\n`;
}

/**
 * The action of a command: sets its exit code, and prints an error as one sentence.
 *
 * @param run - gets the arguments and the options; returns the exit code
 */
export function action(io: Io, run: (...args: never[]) => Promise<number>): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    // The last argument is commander's command.
    const command = args.at(-1) as Command;
    try {
      io.exit(await run(...(args.slice(0, -1) as never[])));
    } catch (error) {
      io.exit(1);
      io.err(errorLines(error));
      if (command.opts()["verbose"] === true) io.err(stackLines(error));
    }
  };
}
