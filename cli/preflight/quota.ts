import type { Problem } from "./check";

/** A limit of the cloud. */
export interface Quota {
  /** Maximum number; negative for no limit. */
  readonly limit: number;
  readonly used: number;
}

/** A number of objects that stacks create, and the quota for them. */
export interface QuotaComparison {
  /** The objects, in the plural: `vCPUs`. */
  readonly label: string;
  readonly needed: number;
  /** `undefined` when the cloud has no such quota. */
  readonly quota: Quota | undefined;
  /** What the user does when the quota is exceeded; gets the lowest sufficient quota. */
  readonly fix: (sufficient: number) => string;
}

/** A problem for each exceeded quota. Resources that exist never exceed one: only what is created is needed. */
export function exceededQuotas(comparisons: readonly QuotaComparison[]): readonly Problem[] {
  return comparisons.flatMap(({ label, needed, quota, fix }) => {
    if (needed <= 0 || quota === undefined || quota.limit < 0 || quota.used + needed <= quota.limit) return [];
    return [
      {
        needed: `${needed} ${label}`,
        available: `the quota is ${quota.limit}, ${quota.used} of it in use`,
        fix: fix(quota.used + needed),
      },
    ];
  });
}
