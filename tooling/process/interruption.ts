/**
 * The wish of a person or a system that we end: Ctrl-C, SIGTERM, or a terminal that was closed.
 *
 * It never ends the process by itself. Whoever does something that must not be cut watches `signal` and ends in order;
 * a second Ctrl-C, or a tenth, changes nothing about that.
 */
export class Interruption {
  /** Listens from now on. */
  static listen(say: (line: string) => void): Interruption {
    const interruption = new Interruption();
    const raise = (name: InterruptionName) => {
      say(
        interruption.raised
          ? "still finishing what is in flight; killing it now would lose Terraform's state"
          : `${name}: ending in order`,
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

  /** Aborted as soon as the wish is known. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether the wish is known. */
  get raised(): boolean {
    return this.controller.signal.aborted;
  }

  /** What a shell expects of a program that a signal has ended: 128 and the signal's number. */
  get exitCode(): number {
    return { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[this.name ?? "SIGTERM"];
  }

  /** Throws if the wish is known: between two steps that are whole by themselves. */
  throwIfRaised(): void {
    this.controller.signal.throwIfAborted();
  }

  private raise(name: InterruptionName): void {
    this.name ??= name;
    this.controller.abort(new Error(`interrupted by ${name}`));
  }
}

type InterruptionName = "SIGINT" | "SIGTERM" | "SIGHUP";

/** npm passes a SIGTERM on to the shell it has started us by, and that shell dies of it without a word to us. */
function watchParent(onLoss: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onLoss();
  }, 500);
  watch.unref();
}
