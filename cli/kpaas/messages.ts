import { formatDuration, quotedLines } from "../first-boot/messages";
import type { InstallationStatus } from "./installation-status";

/** The progress of an installation as one line. */
export function statusLine(stack: string, { state, phase, message, durationMs }: InstallationStatus): string {
  const duration = formatDuration(durationMs);
  const suffix = message === "" ? "" : `: ${message.replaceAll("<stack>", stack)}`;
  switch (state) {
    case "pending":
      return `${stack}: the first boot has not started${message === "" ? "" : `; cloud-init: ${message}`}`;
    case "running":
      return `${stack}: ${phase} running for ${duration}${suffix}`;
    case "failed":
      return `${stack}: ${phase} failed after ${duration}${suffix}`;
    case "decision":
      return `${stack}: ${phase} needs a decision after ${duration}${suffix}`;
    case "done":
      return `${stack}: done after ${duration}${suffix}`;
  }
}

/** The error for an installation that has stopped: its status, the end of its log, and how to resume it. */
export function stoppedMessage(
  stack: string,
  status: InstallationStatus,
  lines: readonly string[],
  resumeCommand: string,
): readonly string[] {
  return [
    statusLine(stack, status),
    `last lines of ${status.log}:`,
    ...quotedLines(lines),
    `the whole log: npx groundwork kpaas logs ${stack}`,
    `after a fix, resume the installation where it stopped: ${resumeCommand}`,
  ];
}
