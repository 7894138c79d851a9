import { ChangeLog } from "../first-boot/change-log";
import { followFirstBoot, type SilenceLimit } from "../first-boot/follow";
import { formatDuration } from "../first-boot/messages";
import { ReportError } from "../program/report-error";
import { type InstallationStatus, installationStatus, lastLines } from "./installation-status";
import { statusLine, stoppedMessage } from "./messages";
import type { Remote } from "./ssh";

/** Resumes a first boot that has stopped. */
export const RESUME = "sudo systemctl restart --no-block groundwork-first-boot";

/** How an installation is followed. */
export interface WaitProps {
  readonly stack: string;
  readonly ssh: Remote;
  readonly log: (line: string) => void;
  readonly timeoutMs: number;
  /** How long the machine may be unreachable. */
  readonly silence: SilenceLimit;
  /** Time between two polls. @default - 15 seconds */
  readonly intervalMs?: number;
  /** Least time before a line that only shows the end of the log. @default - one minute */
  readonly logIntervalMs?: number;
  /** Stops waiting; the installation continues. */
  readonly abort: AbortSignal;
}

/** Follows an installation until it is done; throws when it stops earlier or the machine stays unreachable. */
export async function waitForInstallation(props: WaitProps): Promise<InstallationStatus> {
  const { stack, ssh, timeoutMs, silence, intervalMs = 15_000, abort } = props;
  const progress = new ProgressLog(props);
  return followFirstBoot<InstallationStatus>({
    subject: stack,
    timeoutMs,
    intervalMs,
    abort,
    poll: () => installationStatus(ssh),
    onStatus: async (status) => {
      if (status.state === "failed" || status.state === "decision")
        throw new ReportError(stoppedMessage(stack, status, await lastLines(ssh, status.log), ssh.command(RESUME)));
      // The caller prints the result of an installation that is done.
      if (status.state !== "done") progress.update(status);
    },
    isDone: ({ state }) => state === "done",
    onUnreachable: ({ message }, durationMs) => {
      progress.unreachable(message);
      if (durationMs >= silence.ms)
        throw new Error(
          `no connection to ${ssh.host} for ${formatDuration(durationMs)} (${message}): ${silence.cause}`,
        );
    },
    describe: (status) => (status === undefined ? `${ssh.host} does not respond` : statusLine(stack, status)),
  });
}

/** Prints the changes of an installation, and from time to time the last line of its log. */
class ProgressLog {
  private readonly changes: ChangeLog;
  private lastLine = "";

  constructor(private readonly props: WaitProps) {
    this.changes = new ChangeLog(props.log);
  }

  update(status: InstallationStatus): void {
    const { stack, logIntervalMs = 60_000 } = this.props;
    const { state, phase, message, durationMs, lastLine } = status;
    if (this.changes.update(stack, JSON.stringify([state, phase, message]), statusLine(stack, status))) return;
    if (state === "running" && this.changes.quietMs >= logIntervalMs && this.isNewLine(lastLine))
      this.changes.print(`${stack}: ${phase} ${formatDuration(durationMs)} | ${lastLine.slice(0, 160)}`);
  }

  unreachable(reason: string): void {
    const { stack } = this.props;
    this.changes.update(stack, reason, `${stack}: no connection (${reason}); retrying`);
  }

  private isNewLine(line: string): boolean {
    const isNew = line !== "" && line !== this.lastLine && !line.startsWith("kpaas: ");
    this.lastLine = line;
    return isNew;
  }
}
