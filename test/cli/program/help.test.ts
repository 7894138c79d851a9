import type { Command } from "commander";
import { createProgram } from "@groundwork/cli/program/program";
import { filesBelow, textOf } from "../../support/repository";
import { runCli } from "../support/run-cli";

const program = createProgram({ out: () => undefined, err: () => undefined, exit: () => undefined });

/** Every command without subcommands, with its words: `kpaas wait`. */
function leaves(parent: Command, words: readonly string[] = []): readonly (readonly [string, Command])[] {
  return parent.commands.flatMap((command) => {
    const own = [...words, command.name()];
    return command.commands.length > 0 ? leaves(command, own) : [[own.join(" "), command] as const];
  });
}

const commands = leaves(program);
const groups = program.commands.filter((command) => command.commands.length > 0).map((command) => command.name());

describe("help", () => {
  test.each(["", ...groups, ...commands.map(([words]) => words)])("of groundwork %s", async (words) => {
    const { code, out, err } = await runCli(...words.split(" ").filter((word) => word !== ""), "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchSnapshot();
  });

  test.each(commands)("of %s has a summary, an example of it, and its exit codes", async (words) => {
    const { out } = await runCli(...words.split(" "), "--help");
    expect(out).toMatch(new RegExp(`Examples:\n  npx groundwork ${words}\\b`));
    expect(out).toMatch(/Exit codes: (0|the exit code)/);
    expect(out).toMatch(/^Usage: groundwork .*\n\n[A-Z].*[.]/s);
  });

  test.each(program.commands.map((command) => command.name()))("of %s has a page in docs/cli", (name) => {
    expect(filesBelow("docs/cli", ".md")).toContain(`docs/cli/${name}.md`);
  });

  test.each(commands.filter(([words]) => words !== "help"))("of %s: every option is on its page", (words, command) => {
    const page = textOf(`docs/cli/${words.split(" ")[0] ?? ""}.md`);
    const options = command.options.map(({ long }) => long ?? "").filter((long) => long !== "--verbose");
    expect(options.filter((long) => !page.includes(`\`${long}`) && !page.includes(` ${long}`))).toEqual([]);
  });
});
