import { conflict } from "../../api/api-error";
import type { Kind, Row, Store } from "../../store";

/**
 * How many of each kind a project may have.
 *
 * NHN Cloud's own are documented; the others are those a Neutron has that nobody has configured.
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

/** Refuses one more object of a kind than a project may have. What came with the cloud does not count. */
export function rejectBeyondQuota<T extends Row>(store: Store, kind: Kind<T>): void {
  const limit = LIMITS[kind.name];
  const used = store.clientObjects().filter((object) => object.kind === kind.name).length;
  if (limit !== undefined && used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${kind.name}']: ${used} of ${limit} are there.`);
}

/** Refuses one more where there are as many as there may be. */
export function rejectMoreThan(limit: number, used: number, what: string): void {
  if (used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${what}']: ${used} of ${limit} are there.`);
}
