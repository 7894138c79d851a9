import { createProgram } from "@groundwork/cli/program/program";
import type { Command } from "commander";
import { textOf } from "../support/repository";

const program = createProgram({ out: () => undefined, err: () => undefined, exit: () => undefined });

/** The command of a line, and the words that are neither commands nor options of it. */
function commandOf(words: readonly string[], command: Command = program): readonly [Command, readonly string[]] {
  const [first, ...rest] = words;
  const child = command.commands.find((one) => one.name() === first);
  return child === undefined ? [command, words] : commandOf(rest, child);
}

describe.each(["README.md", "docs/aws.md", "docs/nhn.md", "docs/kpaas.md"])("%s", (page) => {
  const lines = [...textOf(page).matchAll(/npx groundwork ([^`#\n|·]+)/g)].map(([, line = ""]) => line.trim());

  test.each(lines)("has a command that exists: groundwork %s", (line) => {
    const [command, rest] = commandOf(line.split(/\s+/));
    expect(command).not.toBe(program);
    const options = rest
      .slice(0, rest.indexOf("npx") < 0 ? undefined : rest.indexOf("npx"))
      .filter((word) => word.startsWith("--"));
    const known = command.options.map(({ long }) => long);
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
  });
});
