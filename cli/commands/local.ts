import { type Command, InvalidArgumentError, Option } from "commander";
import { action, addCommand, addGroup, type Registration } from "../program/command";
import type { UpOptions } from "../local/commands";
import type { Io } from "../program/io";

/** Adds `groundwork local`. */
export const registerLocal: Registration = (parent, io) => {
  const group = addGroup(parent, "local", "Starts, stops and resets the local cloud of the project.", [
    ["local up", "starts AWS, OpenStack, NHN Cloud and Kubernetes on this machine"],
    ["local down", "stops them; all data is lost"],
  ]);
  addUp(group, io);
  addCommand(group, {
    usage: "down",
    summary: "Stops the local cloud and deletes its data and Terraform's state of its stacks.",
    examples: [["local down", "stops the local cloud"]],
  }).action(action(io, async () => (await implementation()).localDown(io)));
  addCommand(group, {
    usage: "status",
    summary: "Prints the address of the local cloud and its processes.",
    examples: [
      ["local status", "fails when the local cloud is not running"],
      ["local status --json", "for programs"],
    ],
    exitCodes: "0 running; 1 error, or the local cloud is not running",
  })
    .option("--json", "print JSON")
    .action(action(io, async (options: { json?: boolean }) => (await implementation()).localStatus(options, io)));
  addCommand(group, {
    usage: "reset",
    summary: "Deletes all data of the local cloud without stopping it.",
    examples: [["local reset", "empties the local cloud"]],
  }).action(action(io, async () => (await implementation()).localReset(io)));
};

function implementation() {
  return import("../local/commands.ts");
}

function addUp(group: Command, io: Io): void {
  addCommand(group, {
    usage: "up",
    summary: "Starts the local cloud, or prints the address of the one that runs.",
    examples: [
      ["local up", "all parts; the first start builds programs for about ten minutes"],
      ["local up --without kubernetes", "for a machine without Go"],
      ["local up --port 5000", "fails when another program uses the port"],
    ],
    exitCodes: "0 every requested part runs; 1 error, or a part cannot run here; 130 interrupted",
  })
    .addOption(
      new Option("--without <part...>", "parts that are not started")
        .choices(["kubernetes", "openstack"])
        .default([], "none"),
    )
    .option("--port <port>", "port of the AWS API (default: 4566, or a free port)", readPort)
    .action(action(io, async (options: UpOptions) => (await implementation()).localUp(options, io)));
}

/** Parses a port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("Use a number from 1 to 65535.");
  return port;
}
