import { setTimeout as sleep } from "node:timers/promises";

/** A controller of the cluster: it repeatedly compares the actual state with the desired state and corrects the difference. */
export interface Controller {
  readonly name: string;
  /** Time between two comparisons. */
  readonly everyMs: number;
  /** Compares and corrects once. */
  reconcile(): Promise<void>;
}

/**
 * Runs a controller until the signal is aborted; a comparison in progress is finished. An error is logged once and does not end the
 * controller: the next comparison may succeed.
 */
export async function run(
  controller: Controller,
  log: (line: string) => void,
  abort: AbortSignal = new AbortController().signal,
): Promise<void> {
  let last = "";
  while (!abort.aborted) {
    try {
      await controller.reconcile();
      last = "";
    } catch (error) {
      const message = `${controller.name}: ${error instanceof Error ? error.message : String(error)}`;
      if (message !== last) log(message);
      last = message;
    }
    await sleep(controller.everyMs, undefined, { signal: abort }).catch(() => undefined);
  }
}
