import type { Results } from "./check";

/** The results of one cloud, with the ids of its stacks. */
export interface CloudResults extends Results {
  readonly cloud: string;
  readonly stacks: readonly string[];
}

/** One line for each problem and each check that could not be made. */
export function report(clouds: readonly CloudResults[]): readonly string[] {
  const lines = clouds.flatMap(({ cloud, stacks, problems, notChecked, passed }) => [
    `${stacks.join(", ")} on ${cloud}`,
    ...problems.map(({ needed, available, fix }) => `  missing: ${needed}; ${available}; ${fix}`),
    ...notChecked.map(({ check, reason }) => `  not checked: ${check}; ${reason}`),
    ...(passed.length === 0 ? [] : [`  checked: ${passed.join(", ")}`]),
  ]);
  return [...lines, summary(clouds)];
}

function summary(clouds: readonly CloudResults[]): string {
  const missing = clouds.reduce((sum, { problems }) => sum + problems.length, 0);
  const unchecked = clouds.reduce((sum, { notChecked }) => sum + notChecked.length, 0);
  const result = missing === 0 ? "nothing is missing" : `${missing} missing`;
  return unchecked === 0 ? result : `${result}, ${unchecked} not checked`;
}
