import { shellOption, shellWord } from "@groundwork/constructs/core/quoting";
import { printable } from "@groundwork/tooling/printable";
import { ChangeLog } from "../first-boot/change-log";
import { followFirstBoot, type SilenceLimit } from "../first-boot/follow";
import { quotedLines } from "../first-boot/messages";
import { Unreachable } from "../first-boot/unreachable";
import { ReportError } from "../program/report-error";
import type { MachineApi, MachineStatus } from "./machine-status";
import type { ReportingMachine } from "./machines";
import { awsErrorMessage, between, statusLine } from "./messages";

/** How the first boots of a stack's machines are followed. */
export interface WaitProps {
  readonly stack: string;
  readonly region: string;
  readonly machines: readonly ReportingMachine[];
  readonly api: MachineApi;
  readonly log: (line: string) => void;
  readonly timeoutMs: number;
  /** How long a new machine may be silent. */
  readonly silence: SilenceLimit;
  /** Time between two polls. @default - ten seconds */
  readonly intervalMs?: number;
  /** Stops waiting; the machines continue. */
  readonly abort: AbortSignal;
}

/** Follows the first boots of a stack's machines until all are done; throws when one fails, is missing or stays silent. */
export async function waitForFirstBoots(props: WaitProps): Promise<void> {
  const { stack, machines, log, timeoutMs, intervalMs = 10_000, abort } = props;
  const changes = new ChangeLog(log);
  await followFirstBoot<readonly MachineStatus[]>({
    subject: stack,
    timeoutMs,
    intervalMs,
    abort,
    poll: () => pollMachines(props),
    onStatus: async (statuses) => {
      for (const status of statuses)
        changes.update(status.noun, JSON.stringify([status.instanceId, status.report]), statusLine(status, new Date()));
      for (const status of statuses) await requireProgress(status, props);
    },
    isDone: (statuses) =>
      statuses.length === machines.length && statuses.every(({ report }) => report?.state === "done"),
    onUnreachable: ({ message }) => {
      changes.update("AWS", message, `AWS does not respond (${message}); retrying`);
    },
    describe: unfinished,
  });
}

/** Stops at an error that a retry cannot resolve; any other error counts as a network failure. */
async function pollMachines({ api, machines }: WaitProps): Promise<readonly MachineStatus[]> {
  try {
    return await api.statusOf(machines);
  } catch (error) {
    const message = awsErrorMessage(error);
    if (message !== undefined) throw new Error(message);
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
}

/** Throws when the machine cannot finish its first boot. */
async function requireProgress(status: MachineStatus, { stack, region, api, silence }: WaitProps): Promise<void> {
  const { noun, name, instanceId, launchedAt, report } = status;
  if (instanceId === undefined)
    throw new Error(`no machine ${name} runs in ${region}; deploy it first: npx cdktf deploy '${stack}'`);
  if (report?.state === "failed")
    throw new ReportError([
      `the first boot of the ${noun} failed in step ${report.step} with code ${report.code} after ${between(launchedAt, report.at)}; ` +
        "last lines of its log:",
      ...quotedLines(report.lines),
      resumeHint(instanceId, region),
    ]);
  if (report !== undefined || Date.now() - launchedAt.getTime() < silence.ms) return;
  throw new ReportError([
    `the ${noun} (${instanceId}) has not reported for ${between(launchedAt, new Date())}: ${silence.cause}; last lines of its console:`,
    ...quotedLines(await api.consoleOutput(instanceId)),
  ]);
}

function resumeHint(instance: string, region: string): string {
  return (
    `the whole log: aws ssm start-session --region ${shellWord(region)} ${shellOption("--target", printable(instance))}, then sudo less /var/log/groundwork/first-boot.log; ` +
    "after a fix, resume the first boot where it stopped: sudo systemctl restart groundwork-first-boot"
  );
}

function unfinished(statuses: readonly MachineStatus[] | undefined): string {
  if (statuses === undefined) return "AWS does not respond";
  return statuses
    .filter(({ report }) => report?.state !== "done")
    .map(({ noun, report }) =>
      report === undefined ? `the ${noun} has not reported` : `the ${noun} is in step ${report.step}`,
    )
    .join(", ");
}
