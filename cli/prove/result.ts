/** The steps of a proof, in their order. */
export const STEPS: readonly StepName[] = ["supported", "apply", "plan", "destroy", "nothing left"];

/** Name of a step of a proof. */
export type StepName = "supported" | "apply" | "plan" | "destroy" | "nothing left";

/** The result of one step of one stack. */
export interface Step {
  /** What was done. */
  readonly name: StepName;
  /** Whether it passed; a step that was not run is skipped. */
  readonly status: "passed" | "failed" | "skipped";
  /** Duration. */
  readonly seconds: number;
  /** Why it failed or was skipped, one text for each problem. */
  readonly problems: readonly string[];
}

/** The result of one stack. */
export interface StackResult {
  /** Id of the stack. */
  readonly stack: string;
  /** Whether every step passed. */
  readonly isProven: boolean;
  /** Number of resources that were created. */
  readonly resources: number;
  /** The steps in their order. */
  readonly steps: readonly Step[];
}

/** Collects the steps of one stack; steps that are never run are skipped. */
export class Steps {
  private readonly done = new Map<StepName, Step>();
  resources = 0;

  constructor(readonly stack: string) {}

  /** Runs a step: it passes if the call returns no problems. An error of the call is one. */
  async run(name: StepName, call: () => Promise<readonly string[]>): Promise<boolean> {
    const started = Date.now();
    const problems = await call().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    // A step that runs twice, as after the removal of a protection, takes both times.
    const seconds = (this.done.get(name)?.seconds ?? 0) + Math.round((Date.now() - started) / 100) / 10;
    this.done.set(name, { name, status: problems.length === 0 ? "passed" : "failed", seconds, problems });
    return problems.length === 0;
  }

  /** Records why a step is not run. */
  skip(name: StepName, reason: string): void {
    this.done.set(name, { name, status: "skipped", seconds: 0, problems: [reason] });
  }

  statusOf(name: StepName): Step["status"] {
    return this.done.get(name)?.status ?? "skipped";
  }

  hasPassed(name: StepName): boolean {
    return this.statusOf(name) === "passed";
  }

  secondsOf(name: StepName): number {
    return this.done.get(name)?.seconds ?? 0;
  }

  get result(): StackResult {
    const failed = [...this.done.values()].find(({ status }) => status === "failed");
    const reason = failed === undefined ? "not run" : `the step "${failed.name}" failed`;
    const steps = STEPS.map(
      (name): Step => this.done.get(name) ?? { name, status: "skipped", seconds: 0, problems: [reason] },
    );
    const isProven = steps.every(({ status }) => status === "passed");
    return { stack: this.stack, isProven, resources: this.resources, steps };
  }
}
