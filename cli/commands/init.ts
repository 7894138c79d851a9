import { Option } from "commander";
import type { InitOptions } from "../init/init";
import { action, addCommand, type Registration } from "../program/command";

/** Adds `groundwork init`. */
export const registerInit: Registration = (parent, io) => {
  addCommand(parent, {
    usage: "init [directory]",
    summary: "Creates a project with one stack, one environment file, a snapshot test and CI files.",
    examples: [
      ["init my-network", "a new directory"],
      ["init my-network --framework cdktn", "with cdktn, the maintained successor of CDKTF"],
    ],
  })
    .addOption(
      new Option("--framework <name>", "framework of the project").choices(["cdktf", "cdktn"]).default("cdktf"),
    )
    .option("--name <name>", "name of the project (default: the name of the directory)")
    .action(
      action(io, async (directory: string | undefined, options: InitOptions) => {
        const { initCommand } = await import("../init/init.ts");
        return initCommand(directory, options, io);
      }),
    );
};
