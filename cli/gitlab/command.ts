import { defined } from "@groundwork/constructs/core";
import { projectCloud, status as cloudStatus } from "@groundwork/local/cloud";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { LOCAL_SILENCE, type SilenceLimit } from "../first-boot/follow";
import { quotedLines } from "../first-boot/messages";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, jsonLines, logOf } from "../program/io";
import { readProject } from "../project/project";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { AwsMachineApi, type MachineApi, type MachineStatus } from "./machine-status";
import { type ReportingMachine, reportingMachines } from "./machines";
import { awsErrorMessage, statusLine } from "./messages";
import { waitForFirstBoots } from "./wait";

/** A machine downloads packages and the AWS CLI before its first report. */
const SILENCE: SilenceLimit = { ms: 15 * 60_000, cause: "it cannot reach the package repositories or AWS" };

/** Arguments of `groundwork gitlab`. */
export interface GitLabCommand {
  readonly verb: "wait" | "status" | "logs";
  /** Id of the stack: `lab-gitlab`. */
  readonly stack: string;
  /** Minutes after which waiting fails. @default 60 */
  readonly timeoutMinutes?: number;
  /** Whether the status is printed as JSON. @default false */
  readonly json?: boolean;
  /** Directory of the synthesized app. @default - the output directory of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the project's local cloud for stacks that connect to it, AWS for others */
  readonly endpoint?: string;
}

/** Options of `groundwork gitlab`. */
export interface GitLabOptions extends OutputOptions {
  readonly timeout?: number;
  readonly json?: boolean;
}

/** Runs `groundwork gitlab`. Returns the exit code. */
export function gitlabAction(
  verb: GitLabCommand["verb"],
  stack: string,
  options: GitLabOptions,
  io: Io,
): Promise<number> {
  const { timeout: timeoutMinutes, json = false } = options;
  return interruptible(io, "interrupted; the first boot of the machines continues", async (abort) => {
    const { project } = await projectStacks(options, logOf(io, options), abort);
    const command = { verb, stack, json, output: project.output, ...defined({ timeoutMinutes }) };
    return gitlabCommand(command, io.out, abort);
  });
}

/** Reports or follows the first boots of a GitLab stack. Returns the exit code: 0 when all machines are done, 1 otherwise. */
export async function gitlabCommand(
  command: GitLabCommand,
  log: (line: string) => void,
  abort: AbortSignal,
): Promise<number> {
  const stack = stackOf(command);
  const machines = reportingMachines(stack);
  if (machines.length === 0)
    throw new Error(`${stack.id} has no machine that reports its first boot; use a GitLab stack such as lab-gitlab`);
  const endpoint = command.endpoint ?? (await localEndpoint(stack));
  const session = new AwsSession(stack.region, endpoint);
  const api = new AwsMachineApi(stack.id, session);
  try {
    if (command.verb !== "wait") return await abortable(abort, printStatus(command, machines, api, log));
    await waitForFirstBoots({
      stack: stack.id,
      region: stack.region,
      machines,
      api,
      log,
      abort,
      timeoutMs: (command.timeoutMinutes ?? 60) * 60_000,
      silence: endpoint === undefined ? SILENCE : LOCAL_SILENCE,
    });
    log(`${stack.id} is done`);
    return 0;
  } finally {
    session.destroy();
  }
}

function stackOf({ stack: id, output = readProject().output }: GitLabCommand): SynthesizedStack {
  const stacks = synthesizedStacks(output);
  const found = stacks.find((stack) => stack.id === id);
  if (found !== undefined) return found;
  const known = stacks.filter((stack) => reportingMachines(stack).length > 0).map((stack) => stack.id);
  throw new Error(`no stack "${id}"; GitLab stacks: ${known.join(", ") || "none"}`);
}

async function localEndpoint({ isLocal }: SynthesizedStack): Promise<string | undefined> {
  if (!isLocal) return undefined;
  const cloud = await cloudStatus(projectCloud());
  if (cloud === undefined) throw new Error("the local cloud is not running; start it: npx groundwork local up");
  return cloud.endpoint;
}

async function printStatus(
  { verb, json = false }: GitLabCommand,
  machines: readonly ReportingMachine[],
  api: MachineApi,
  log: (line: string) => void,
): Promise<number> {
  const statuses = await api.statusOf(machines).catch((error: unknown) => {
    throw new Error(awsErrorMessage(error) ?? `AWS does not respond: ${String(error)}`);
  });
  if (json) jsonLines(statuses).forEach(log);
  for (const status of json ? [] : statuses) {
    log(statusLine(status, new Date()));
    if (verb === "logs") quotedLines(await linesOf(status, api)).forEach(log);
  }
  return statuses.every(({ report }) => report?.state === "done") ? 0 : 1;
}

async function linesOf({ instanceId, report }: MachineStatus, api: MachineApi): Promise<readonly string[]> {
  if (report !== undefined) return report.lines;
  return instanceId === undefined ? [] : api.consoleOutput(instanceId);
}
