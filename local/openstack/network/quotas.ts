import type { Route } from "../call";
import { param } from "../call";
import { conflict } from "../refusal";
import type { Kind, Row, World } from "../world";

/**
 * How many of each kind a project may have.
 *
 * NHN Cloud's own are documented; the others are those a Neutron has that nobody has configured.
 */
const LIMITS: Readonly<Record<string, number>> = {
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

const NAMES: Readonly<Record<string, string>> = {
  network: "Network",
  subnet: "Subnet",
  port: "Port",
  router: "Router",
  floatingip: "Floating IP",
  security_group: "Security group",
  security_group_rule: "Security group rule",
};

/** Refuses one more object of a kind than a project may have. What came with the cloud does not count. */
export function refuseBeyond<T extends Row>(world: World, kind: Kind<T>): void {
  const limit = LIMITS[kind.name];
  const used = world.remaining().filter((object) => object.kind === kind.name).length;
  if (limit !== undefined && used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${kind.name}']: ${used} of ${limit} are there.`);
}

/** Refuses one more where there are as many as there may be. */
export function refuseMoreThan(limit: number, used: number, what: string): void {
  if (used >= limit)
    throw conflict("OverQuota", `Quota exceeded for resources: ['${what}']: ${used} of ${limit} are there.`);
}

/** How many a project may have, for those who ask. */
export function quotas(): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2.0/quotas/:project",
      answer: (call) => ({
        body: {
          quota: {
            project_id: param(call, "project"),
            ...Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, LIMITS[name] ?? -1])),
          },
        },
      }),
    },
  ];
}
