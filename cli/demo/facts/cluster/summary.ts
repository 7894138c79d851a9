/** A cluster as one line. */
export function clusterSummary(version: string, endpoints: readonly string[], logTypes: number): string {
  return `Kubernetes ${version}, ${endpoints.join(" and ")} endpoint, ${logTypes} log types`;
}

/** A node group as one line. */
export function nodeGroupSummary(
  scaling: { readonly min: unknown; readonly desired: unknown; readonly max: unknown },
  instanceTypes: readonly string[],
): string {
  const { min, desired, max } = scaling;
  return `${String(desired)} of ${String(min)} to ${String(max)} ${instanceTypes.join(", ")}`;
}

/** An image repository as one line. */
export function repositorySummary(mutability: string, scanOnPush: boolean): string {
  return `${mutability.toLowerCase()} tags, ${scanOnPush ? "scanned on push" : "not scanned"}`;
}
