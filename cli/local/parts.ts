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

/** Throws when the running cloud was started with fewer parts or on another port than requested. */
export function requireSettings(
  cloud: Pick<Cloud, Part | "endpoint">,
  parts: readonly Part[],
  port: number | undefined,
): void {
  const missing = parts.filter((part) => cloud[part] === undefined);
  const isElsewhere = port !== undefined && new URL(cloud.endpoint).port !== String(port);
  if (missing.length === 0 && !isElsewhere) return;
  const fix = missing.length === 0 ? "omit --port" : `add --without ${missing.join(" ")}`;
  throw new Error(
    `the local cloud already runs at ${cloud.endpoint}${missing.length === 0 ? "" : ` without ${missing.join(" and ")}`}; ` +
      `${fix}, or stop it with npx groundwork local down, which deletes its data`,
  );
}
