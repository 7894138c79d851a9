import type { Duration } from "../../core/duration";
import type { Artifacts } from "./artifacts";
import type { Cache } from "./cache";
import type { Deployment } from "./deployment";
import { Guard } from "./guard";
import type { JobRule } from "./job-rule";
import { Need } from "./need";

/** What a job says. */
export interface JobProps {
  /** Stage it is shown in, and waits for when it names no needs. */
  readonly stage: string;
  /** Commands in order; the first that fails ends the job. */
  readonly script: readonly (string | Guard)[];
  /** Jobs it waits for, instead of all earlier stages; an empty list starts at once. @default - all jobs of earlier stages */
  readonly needs?: readonly (string | Need)[];
  /** When it is part of a pipeline. @default - always */
  readonly rules?: readonly JobRule[];
  /** What it leaves for later pipelines. @default - nothing */
  readonly caches?: readonly Cache[];
  /** What it hands to later jobs. @default - nothing */
  readonly artifacts?: Artifacts;
  /** Environment it changes. @default - none */
  readonly deployment?: Deployment;
  /** Variables of its own. @default - those of the pipeline */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether a newer pipeline of the branch may end it. @default - it may unless it deploys */
  readonly interruptible?: boolean;
  /** How often it is tried again after a failure, at most twice. @default - never */
  readonly retry?: number;
  /** Number of copies, 1 to 200. @default - 1 */
  readonly parallel?: number;
  /** How long it may take. @default - as long as the project says, an hour unless changed */
  readonly timeout?: Duration;
}

/**
 * Defines one job of a pipeline. A value; {@link Pipeline.of} checks it among its neighbours.
 *
 * @example Job.of("test", { stage: "test", needs: ["build"], script: ["npm test"] })
 */
export class Job {
  static of(name: string, props: JobProps): Job {
    return new Job(name, props);
  }

  readonly needs: readonly Need[] | undefined;

  private constructor(
    readonly name: string,
    readonly props: JobProps,
  ) {
    this.needs = props.needs?.map((need) => (typeof need === "string" ? Need.on(need) : need));
  }

  /** Commands as the shell reads them. */
  get commands(): readonly string[] {
    return this.props.script.map((line) => (Guard.isGuard(line) ? line.command : line));
  }

  /** Whether a newer pipeline may end it: what deploys finishes what it began. */
  get interruptible(): boolean {
    return this.props.interruptible ?? this.props.deployment === undefined;
  }

  /** As GitLab reads it, in the order in which a person does: where, when, with what, what. */
  render(): Readonly<Record<string, unknown>> {
    const { stage, rules, deployment, variables, retry, parallel, timeout, caches = [], artifacts } = this.props;
    const cache = caches.length === 1 ? caches[0]?.render() : caches.map((one) => one.render());
    return defined({
      stage,
      needs: this.needs?.map((need) => need.render()),
      rules: rules?.map((rule) => rule.render()),
      ...deployment?.render(),
      interruptible: this.interruptible,
      retry,
      parallel,
      timeout: timeout?.toString(),
      variables,
      cache: caches.length === 0 ? undefined : cache,
      script: this.commands,
      artifacts: artifacts?.render(),
    });
  }
}

function defined(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
