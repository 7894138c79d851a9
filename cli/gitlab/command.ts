import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_DIRECTORIES, status as cloudStatus } from "@groundwork/local/cloud";
import { ROOT } from "@groundwork/tooling/paths";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { LOCAL_SILENCE, type SilenceLimit } from "../first-boot/follow";
import { quotedLines } from "../first-boot/messages";
import { AwsMachineApi, type MachineApi, type MachineStatus } from "./machine-status";
import { type ReportingMachine, reportingMachines } from "./machines";
import { awsErrorMessage, statusLine } from "./messages";
import { waitForFirstBoots } from "./wait";

const VERBS = ["wait", "status", "logs"] as const;

/** Usage of `npm run gitlab`. */
export const USAGE = `usage: npm run gitlab -- wait | status | logs <environment>-gitlab [--timeout <minutes>]
Exit codes: 0 success, 1 error or a first boot is not done, 130 interrupted`;

/** A machine downloads packages and the AWS CLI before its first report. */
const SILENCE: SilenceLimit = { ms: 15 * 60_000, cause: "it cannot reach the package repositories or AWS" };

/** Arguments of `npm run gitlab`. */
export interface GitLabCommand {
  readonly verb: (typeof VERBS)[number];
  /** Id of the stack: `lab-gitlab`. */
  readonly stack: string;
  /** Minutes after which waiting fails. @default 60 */
  readonly timeoutMinutes?: number;
  /** Directory of the synthesized app. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the cloud of `npm run local` for the environment `local`, AWS for others */
  readonly endpoint?: string;
}

/** Parses the arguments after `npm run gitlab --`; throws the usage for invalid ones. */
export function readCommand(words: readonly string[], timeout = "60"): GitLabCommand {
  const [word, stack, ...rest] = words;
  const verb = VERBS.find((candidate) => candidate === word);
  const timeoutMinutes = Number(timeout);
  if (verb === undefined || stack === undefined || rest.length > 0 || !(timeoutMinutes > 0)) throw new Error(USAGE);
  return { verb, stack, timeoutMinutes };
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
    if (command.verb !== "wait") return await printStatus(command.verb, machines, api, log);
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

function stackOf({ stack: id, output = join(ROOT, "cdktf.out") }: GitLabCommand): SynthesizedStack {
  const directory = join(output, "stacks");
  const all = readdirSync(directory);
  if (all.includes(id)) return new SynthesizedStack(id, join(directory, id));
  const known = all.filter((name) => name.endsWith("-gitlab")).join(", ");
  throw new Error(`no stack "${id}"; GitLab stacks: ${known === "" ? "none" : known}`);
}

async function localEndpoint({ id }: SynthesizedStack): Promise<string | undefined> {
  if (!id.startsWith("local-")) return undefined;
  const cloud = await cloudStatus(DEFAULT_DIRECTORIES);
  if (cloud === undefined) throw new Error("the local cloud is not running; start it: npm run local -- up");
  return cloud.endpoint;
}

async function printStatus(
  verb: "status" | "logs",
  machines: readonly ReportingMachine[],
  api: MachineApi,
  log: (line: string) => void,
): Promise<number> {
  const statuses = await api.statusOf(machines).catch((error: unknown) => {
    throw new Error(awsErrorMessage(error) ?? `AWS does not respond: ${String(error)}`);
  });
  for (const status of statuses) {
    log(statusLine(status, new Date()));
    if (verb === "logs") log(quotedLines(await linesOf(status, api)));
  }
  return statuses.every(({ report }) => report?.state === "done") ? 0 : 1;
}

async function linesOf({ instanceId, report }: MachineStatus, api: MachineApi): Promise<readonly string[]> {
  if (report !== undefined) return report.lines;
  return instanceId === undefined ? [] : api.consoleOutput(instanceId);
}
