import { type Command, InvalidArgumentError } from "commander";
import type { KPaasOptions, KPaasVerb } from "../kpaas/command";
import { parseHostAddress } from "../kpaas/host-address";
import { action, addCommand, addGroup, type CommandText, type Registration } from "../program/command";
import { withOutputOptions } from "../project/synthesized-project";
import { readMinutes } from "./gitlab";
import { readPort } from "./local";

/** Adds `groundwork kpaas`. */
export const registerKpaas: Registration = (parent, io) => {
  const group = addGroup(parent, "kpaas", "Follows the installation of a K-PaaS cluster and fetches its kubeconfig.", [
    ["kpaas wait lab-nhn", "follows the installation up to the portal"],
    ["kpaas kubeconfig lab-nhn", "writes a kubeconfig and prints the tunnel to the API"],
  ]);
  const add = (verb: KPaasVerb, text: Omit<CommandText, "usage"> & { readonly argument?: string }): Command =>
    withSshOptions(addCommand(group, { ...text, usage: `${verb} <stack>${text.argument ?? ""}` }));
  const run = (verb: KPaasVerb) =>
    action(io, async (stack: string, options: KPaasOptions) => {
      const { kpaasAction } = await import("../kpaas/command.ts");
      return kpaasAction(verb, { stack }, options, io);
    });

  add("wait", WAIT).option("--timeout <minutes>", "fail after this time", readMinutes, 300).action(run("wait"));
  add("status", STATUS).option("--json", "print JSON").action(run("status"));
  add("logs", LOGS)
    .argument("[phase]", "phase of the installation (default: the current one)", readPhase)
    .option("--follow", "print new lines until the command is interrupted")
    .action(
      action(io, async (stack: string, phase: string | undefined, options: KPaasOptions) => {
        const { kpaasAction } = await import("../kpaas/command.ts");
        return kpaasAction("logs", { stack, phase }, options, io);
      }),
    );
  add("kubeconfig", KUBECONFIG)
    .option("--file <file>", "file of the kubeconfig (default: .groundwork/<stack>.kubeconfig)")
    .option("--port <port>", "local port of the tunnel to the API", readPort, 16_443)
    .action(run("kubeconfig"));
  add("nhn-password", NHN_PASSWORD).action(run("nhn-password"));
};

const WAIT = {
  summary: "Follows the installation until it is done; fails when it stops earlier.",
  examples: [["kpaas wait lab-nhn", "at most five hours"]],
  exitCodes: "0 installed; 1 error, a failed phase, or a decision of the operator is required; 130 interrupted",
} as const;

const STATUS = {
  summary: "Prints the current phase of the installation.",
  examples: [
    ["kpaas status lab-nhn", "one line"],
    ["kpaas status lab-nhn --json", "for programs"],
  ],
  exitCodes: "0 installed; 1 error or not installed",
} as const;

const LOGS = {
  summary: "Prints the end of the log of a phase.",
  examples: [
    ["kpaas logs lab-nhn", "the current phase"],
    ["kpaas logs lab-nhn install --follow", "a given phase, until Ctrl-C"],
  ],
} as const;

const KUBECONFIG = {
  summary: "Writes a kubeconfig that only you can read, and prints the tunnel that it needs.",
  examples: [["kpaas kubeconfig lab-nhn --port 6443", "another local port"]],
} as const;

const NHN_PASSWORD = {
  summary: "Stores the API password of NHN Cloud's user on the install host, which waits for it.",
  examples: [
    ["kpaas nhn-password lab-nhn", "asks for the password"],
    ["kpaas nhn-password lab-nhn < password.txt", "reads it from standard input"],
  ],
} as const;

function withSshOptions(command: Command): Command {
  return withOutputOptions(command)
    .option("--bastion <address>", "first machine of the connection (default: the stack's output bastion)", readAddress)
    .option(
      "--install-host <address>",
      "first control plane node (default: the stack's output installHost)",
      readAddress,
    )
    .option("--identity <file>", "private key for ssh (default: ssh's own configuration)");
}

function readAddress(text: string) {
  const address = parseHostAddress(text);
  if (address === undefined)
    throw new InvalidArgumentError(`"${text}" is not an address; use the form 203.0.113.5 or 203.0.113.5:2222.`);
  return address;
}

function readPhase(text: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(text)) throw new InvalidArgumentError("Use the name of a phase, such as install.");
  return text;
}
