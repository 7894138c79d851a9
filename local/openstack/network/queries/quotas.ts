import { conflict } from "../../api/api-error";
import type { Kind, Row, Store } from "../../store";

/**
 * Maximum number of objects of each kind in a project.
 *
 * Those of NHN Cloud's own kinds are documented; the others are the defaults of Neutron.
 */
export const LIMITS: Readonly<Record<string, number>> = {
  Network: 100,
  Subnet: 100,
  Port: 500,
  Router: 10,
  "Floating IP": 50,
  "Security group": 10,
  "Security group rule": 100,
  VPC: 3,
  "Internet gateway": 3,
  "NAT gateway": 3,
  "Network ACL": 10,
};

/** Rejects an object that exceeds the quota of its kind. Objects that the cloud provides do not count. */
export function rejectBeyondQuota<T extends Row>(store: Store, kind: Kind<T>): void {
  const limit = LIMITS[kind.name];
  const used = store.clientObjects().filter((object) => object.kind === kind.name).length;
  if (limit !== undefined && used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${kind.name}']: ${used} of ${limit} are there.`);
}

/** Rejects an object when the limit is reached. */
export function rejectMoreThan(limit: number, used: number, kind: string): void {
  if (used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${kind}']: ${used} of ${limit} are there.`);
}
