import type { Plan } from "./plan";

/** Something that the stacks need and the cloud does not have. */
export interface Problem {
  /** What the stacks need: `29 vCPUs`. */
  readonly needed: string;
  /** What the cloud has: `the quota is 20, 4 of it in use`. */
  readonly available: string;
  /** What the user does about it. */
  readonly fix: string;
}

/** A comparison of what stacks need with what a cloud has. */
export interface Check<Cloud, Needs, Supply> {
  /** What is compared, as a noun: `flavors`. */
  readonly name: string;
  /** What the planned resources need; `undefined` when there is nothing to compare. No call of the cloud. */
  readonly needs: (plan: Plan) => Needs | undefined;
  /** Asks the cloud. Errors mean that the check could not be made. */
  readonly supply: (cloud: Cloud, needs: Needs) => Promise<Supply>;
  /** Compares both. */
  readonly compare: (needs: Needs, supply: Supply) => readonly Problem[];
}

/** A check whose needs and supply are known to itself only, so that checks can be in one list. */
export interface AnyCheck<Cloud> {
  readonly name: string;
  /** Runs the check; `undefined` when the plan needs nothing of its kind. */
  readonly run: (plan: Plan, cloud: Cloud) => Promise<readonly Problem[]> | undefined;
}

/** Hides the types of needs and supply. */
export function anyCheck<Cloud, Needs, Supply>(check: Check<Cloud, Needs, Supply>): AnyCheck<Cloud> {
  const compare = async (cloud: Cloud, needs: Needs): Promise<readonly Problem[]> =>
    check.compare(needs, await check.supply(cloud, needs));
  return {
    name: check.name,
    run: (plan, cloud) => {
      const needs = check.needs(plan);
      return needs === undefined ? undefined : compare(cloud, needs);
    },
  };
}

/** A problem, with the check that found it. */
export interface Finding extends Problem {
  readonly check: string;
}

/** A check that could not be made. */
export interface Unchecked {
  readonly check: string;
  readonly reason: string;
}

/** The results of all checks of a cloud. */
export interface Results {
  readonly problems: readonly Finding[];
  readonly notChecked: readonly Unchecked[];
  /** Names of the checks that found no problem. */
  readonly passed: readonly string[];
}

/** Runs all checks. A failure of one, for example a missing permission, does not end the others. */
export async function runChecks<Cloud>(
  checks: readonly AnyCheck<Cloud>[],
  plan: Plan,
  cloud: Cloud,
  reasonOf: (error: unknown) => string,
): Promise<Results> {
  const problems: Finding[] = [];
  const notChecked: Unchecked[] = [];
  const passed: string[] = [];
  for (const { name: check, run } of checks) {
    try {
      const found = await run(plan, cloud);
      if (found === undefined) continue;
      problems.push(...found.map((problem) => ({ check, ...problem })));
      if (found.length === 0) passed.push(check);
    } catch (error) {
      notChecked.push({ check, reason: reasonOf(error) });
    }
  }
  return { problems, notChecked, passed };
}
