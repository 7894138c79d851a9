import type { Cloud } from "@groundwork/local/cloud";
import type { ProjectToken } from "@groundwork/tooling/keystone-v3";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import type { Reporter } from "../reporter";
import { check } from "./checks";
import { type Comparison, compare, table } from "./facts/fact";
import { type DemoOpenStack, REAL_STACK, tokenOf } from "./real-openstack";
import { type Exercise, scaleNodes, scalePods } from "./scaling";

/** How many values were compared, and how many were as expected. */
export interface Count {
  readonly compared: number;
  readonly expected: number;
}

/** Verifies deployed stacks and prints the results. */
export class Verification {
  constructor(
    private readonly reporter: Reporter,
    /** The real OpenStack, if it contains one of the stacks. */
    private readonly real: DemoOpenStack | undefined,
  ) {}

  /** Compares stacks with the responses of the cloud's API and prints the result. */
  async check(cloud: Cloud, stacks: readonly SynthesizedStack[], abort: AbortSignal): Promise<Count> {
    const counts: Count[] = [];
    for (const stack of stacks) {
      abort.throwIfAborted();
      const realOpenStack = await this.realTokenFor(stack);
      const compared = await check(stack, { ...cloud, realOpenStack });
      const region = stack.region === "" ? "" : ` in ${stack.region}`;
      counts.push(this.report(compared, `${stack.id}${region}, from the cloud's API`));
    }
    return sumOf(counts);
  }

  /** Scales pods under load, and nodes with many pods. */
  async scale(cloud: Cloud, stacks: readonly SynthesizedStack[], abort: AbortSignal): Promise<Count> {
    const { kubernetes, endpoint } = cloud;
    if (kubernetes === undefined) return sumOf([]);
    const exercises: Exercise[] = [];
    for (const stack of stacks) exercises.push(await scalePods(kubernetes.cluster, stack, abort));
    for (const stack of stacks.filter((each) => each.resources("aws_eks_node_group").size > 0)) {
      const session = new AwsSession(stack.region, endpoint);
      exercises.push(await scaleNodes(kubernetes.cluster, session, stack, abort));
      session.destroy();
    }
    const expected = exercises.flatMap((exercise) => exercise.expected);
    const actual = exercises.flatMap((exercise) => exercise.actual);
    return this.report(compare(expected, actual), "load and a hundred pods more");
  }

  /** Prints comparisons below a title. */
  report(comparisons: readonly Comparison[], title: string): Count {
    this.reporter.log(["", title, ...table(comparisons)]);
    return { compared: comparisons.length, expected: comparisons.filter(({ matches }) => matches).length };
  }

  /** A token of the real OpenStack for the stack that it contains. */
  private async realTokenFor({ id }: SynthesizedStack): Promise<ProjectToken | undefined> {
    return this.real !== undefined && id === `local-${REAL_STACK}` ? tokenOf(this.real) : undefined;
  }
}

/** The sum of counts. */
export function sumOf(counts: readonly Count[]): Count {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  return { compared: sum("compared"), expected: sum("expected") };
}
