/**
 * A request to end this process: Ctrl-C, SIGTERM, or a closed terminal.
 *
 * It never ends the process by itself. Code that must not be cut off watches `signal` and shuts down gracefully; further
 * signals change nothing.
 */
export class Interruption {
  /** Starts listening for signals. */
  static listen(log: (line: string) => void): Interruption {
    const interruption = new Interruption();
    const raise = (name: InterruptionName) => {
      log(
        interruption.raised
          ? "still finishing calls in flight; killing the process now would lose Terraform's state"
          : `${name}: shutting down`,
      );
      interruption.raise(name);
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => raise(name));
    watchParent(() => raise("SIGTERM"));
    return interruption;
  }

  private readonly controller = new AbortController();
  private name: InterruptionName | undefined;

  private constructor() {}

  /** Aborted on the first signal. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether a signal has been received. */
  get raised(): boolean {
    return this.controller.signal.aborted;
  }

  /** Exit code that a shell expects of a program ended by a signal: 128 plus the signal's number. */
  get exitCode(): number {
    return { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[this.name ?? "SIGTERM"];
  }

  /** Throws if a signal has been received. Call it between two steps that are each complete. */
  throwIfRaised(): void {
    this.controller.signal.throwIfAborted();
  }

  private raise(name: InterruptionName): void {
    this.name ??= name;
    this.controller.abort(new Error(`interrupted by ${name}`));
  }
}

type InterruptionName = "SIGINT" | "SIGTERM" | "SIGHUP";

/** npm forwards SIGTERM to the shell between itself and this process; that shell ends without forwarding the signal. */
function watchParent(onLoss: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onLoss();
  }, 500);
  watch.unref();
}
