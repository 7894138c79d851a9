import { setTimeout as sleep } from "node:timers/promises";
import { Unreachable } from "./ssh-errors";
import type { Sight } from "./installation-status";
import { lastLines, look } from "./installation-status";
import type { Remote } from "./ssh";
import { sightInWords, stopInWords, took } from "./messages";

/** Goes on with a first boot that has stopped. */
export const RESUME = "sudo systemctl restart --no-block groundwork-first-boot";

/** How an installation is followed. */
export interface WaitProps {
  readonly stack: string;
  readonly ssh: Remote;
  readonly say: (line: string) => void;
  /** After how long it is given up. */
  readonly timeoutMs: number;
  /** How long nobody may answer, and what it means when nobody does for longer. */
  readonly silence: { readonly ms: number; readonly means: string };
  /** Time between two looks. @default - fifteen seconds */
  readonly everyMs?: number;
  /** Time between two lines of a log that tell no more than that it moves. @default - one minute */
  readonly logEveryMs?: number;
  /** Ends the waiting, not the boot. */
  readonly abort: AbortSignal;
}

/** Follows an installation to its end; throws when it stops before that, or nobody answers. */
export async function waitForInstallation(props: WaitProps): Promise<Sight> {
  const { stack, ssh, timeoutMs, everyMs = 15_000, abort } = props;
  const deadline = Date.now() + timeoutMs;
  const teller = new Teller(props);
  for (;;) {
    const sight = await lookOrWait(teller, props);
    if (sight?.state === "done") return sight;
    if (sight?.state === "failed" || sight?.state === "decision")
      throw new Error(stopInWords(stack, sight, await lastLines(ssh, sight.log), ssh.command(RESUME)));
    if (Date.now() >= deadline) {
      const where = sight === undefined ? `${ssh.host} does not answer` : sightInWords(stack, sight);
      throw new Error(
        `${stack} is not up after ${took(timeoutMs)} of waiting: ${where}; the machines go on by themselves`,
      );
    }
    await sleep(Math.min(everyMs, Math.max(1, deadline - Date.now())), undefined, { signal: abort });
  }
}

/** Looks once. What ssh refuses stays refused; a machine that restarts is asked again, for as long as a restart may take. */
async function lookOrWait(teller: Teller, { ssh, silence }: WaitProps): Promise<Sight | undefined> {
  try {
    const sight = await look(ssh);
    // The end is told by whoever called, with all that belongs to it.
    if (sight.state === "silent" || sight.state === "running") teller.saw(sight);
    return sight;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const silent = teller.missed(error.message);
    if (silent < silence.ms) return undefined;
    throw new Error(`${ssh.host} has let nobody in for ${took(silent)} (${error.message}): ${silence.means}`);
  }
}

/** Says what has changed, once. */
class Teller {
  private said = "";
  private saidAt = 0;
  private lastLine = "";
  private silentSince: number | undefined;

  constructor(private readonly props: WaitProps) {}

  saw(sight: Sight): void {
    this.silentSince = undefined;
    const { stack, logEveryMs = 60_000 } = this.props;
    const line = sightInWords(stack, sight);
    if (this.isNew(JSON.stringify([sight.state, sight.phase, sight.word]))) this.tell(line);
    else if (sight.state === "running" && Date.now() - this.saidAt >= logEveryMs && this.isNewLine(sight.lastLine))
      this.tell(`${stack}: ${sight.phase} ${took(sight.ms)} | ${sight.lastLine.slice(0, 160)}`);
  }

  /** Answers for how long nobody has answered now. */
  missed(reason: string): number {
    this.silentSince ??= Date.now();
    if (this.isNew(reason)) this.tell(`${this.props.stack}: no answer yet (${reason}); asking again`);
    return Date.now() - this.silentSince;
  }

  private isNewLine(line: string): boolean {
    const isNew = line !== "" && line !== this.lastLine && !line.startsWith("kpaas: ");
    this.lastLine = line;
    return isNew;
  }

  private isNew(what: string): boolean {
    const isNew = what !== this.said;
    this.said = what;
    return isNew;
  }

  private tell(line: string): void {
    this.saidAt = Date.now();
    this.props.say(line);
  }
}
