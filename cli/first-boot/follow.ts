import { waitUntil } from "@groundwork/tooling/polling";
import { formatDuration } from "./messages";
import { Unreachable } from "./unreachable";

/** How a first boot is followed. */
export interface FollowProps<S> {
  /** Reads the current status; throws {@link Unreachable} for a failure that a retry may resolve, and any other error to stop. */
  readonly poll: () => Promise<S>;
  /** Receives each status; throws when the boot can no longer succeed. */
  readonly onStatus: (status: S) => void | Promise<void>;
  /** Whether the boot has succeeded. */
  readonly isDone: (status: S) => boolean;
  /** Receives each failed poll with the time since the last successful one; throws to stop. */
  readonly onUnreachable: (error: Unreachable, durationMs: number) => void;
  /** Name of what is followed, and its last status for the error at the timeout; undefined when the last poll failed. */
  readonly subject: string;
  readonly describe: (status: S | undefined) => string;
  readonly timeoutMs: number;
  /** Time between two polls. */
  readonly intervalMs: number;
  /** Stops following; the boot itself continues. */
  readonly abort: AbortSignal;
}

/** How long machines may be silent, and the likely cause when they are silent for longer. */
export interface SilenceLimit {
  readonly ms: number;
  readonly cause: string;
}

/** The local cloud runs no machines: waiting for them would never end. */
export const LOCAL_SILENCE: SilenceLimit = { ms: 0, cause: "the local cloud runs no machines, so nothing boots there" };

/** Polls until the boot has succeeded and returns the last status; throws when it fails or at the timeout. */
export async function followFirstBoot<S>(props: FollowProps<S>): Promise<S> {
  const { subject, describe, onStatus, isDone, timeoutMs, intervalMs, abort } = props;
  const poll = pollWithRetry(props);
  let last: S | undefined;
  const poller = async (): Promise<boolean> => {
    last = await poll();
    if (last === undefined) return false;
    await onStatus(last);
    return isDone(last);
  };
  if ((await waitUntil(poller, timeoutMs, intervalMs, abort)) && last !== undefined) return last;
  throw new Error(
    `${subject} is not done after ${formatDuration(timeoutMs)}: ${describe(last)}; the machines continue on their own`,
  );
}

/** Polls; returns undefined for a failure that a retry may resolve, after reporting for how long polling has failed. */
function pollWithRetry<S>({ poll, onUnreachable }: FollowProps<S>): () => Promise<S | undefined> {
  let unreachableSince: number | undefined;
  return async () => {
    try {
      const status = await poll();
      unreachableSince = undefined;
      return status;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      unreachableSince ??= Date.now();
      onUnreachable(error, Date.now() - unreachableSince);
      return undefined;
    }
  };
}
