import type { Cloud } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";

const PARTS: readonly Part[] = ["kubernetes", "openstack"];

/** The parts to start in addition to AWS. */
export function requestedParts(without: readonly Part[]): readonly Part[] {
  return PARTS.filter((part) => !without.includes(part));
}

/** The error for requested parts that cannot run on this machine, whose reasons have been printed; undefined when all run. */
export function missingParts(cloud: Pick<Cloud, Part>, without: readonly Part[]): string | undefined {
  const missing = requestedParts(without).filter((part) => cloud[part] === undefined);
  if (missing.length === 0) return undefined;
  return `skipped: ${missing.join(", ")}; the reason is above. To accept that, add --without ${[...without, ...missing].join(" ")}`;
}
