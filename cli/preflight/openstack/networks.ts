import { anyCheck, type Check, type Problem } from "../check";
import { nearest } from "../nearest";
import type { OpenStackSession } from "./session";

/** A network that a stack selects. */
export interface NetworkNeed {
  /** Exact name; undefined for any. */
  readonly name: string | undefined;
  /** Whether it is external, which means that it has the floating IPs; undefined for both. */
  readonly isExternal: boolean | undefined;
}

/** A network of the cloud. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly "router:external"?: boolean;
}

/** All networks that the project can use. */
export function networksOf(cloud: OpenStackSession): Promise<readonly Network[]> {
  return cloud.list<Network>("network", "/networks", "networks");
}

/** Whether each selected network exists and is unique, above all the external network. */
export const networkCheck: Check<OpenStackSession, readonly NetworkNeed[], readonly Network[]> = {
  name: "external network",
  needs: (plan) => {
    const needs = plan.data("openstack_networking_network_v2").flatMap((data): readonly NetworkNeed[] => {
      const isExternal = data.block["external"];
      const name = data.text("name");
      // Selected by another argument, for example by id.
      if (name === undefined && isExternal === undefined) return [];
      return [{ name, isExternal: typeof isExternal === "boolean" ? isExternal : undefined }];
    });
    const pools = plan.created("openstack_networking_floatingip_v2").flatMap((address) => {
      const pool = address.text("pool");
      return pool === undefined || plan.referenced(address, "pool") !== undefined
        ? []
        : [{ name: pool, isExternal: true }];
    });
    const unique = new Map([...needs, ...pools].map((need) => [JSON.stringify([need.name, need.isExternal]), need]));
    return unique.size === 0 || plan.created().length === 0 ? undefined : [...unique.values()];
  },
  supply: networksOf,
  compare: (needs, supply) => needs.flatMap((need) => problemsOf(need, supply)),
};

export const networks = anyCheck(networkCheck);

function problemsOf({ name, isExternal }: NetworkNeed, supply: readonly Network[]): readonly Problem[] {
  const candidates = supply.filter(
    (network) => isExternal === undefined || (network["router:external"] ?? false) === isExternal,
  );
  const found = candidates.filter((network) => name === undefined || network.name === name);
  if (found.length === 1) return [];
  const kind = { true: "an external network", false: "an internal network", undefined: "a network" }[
    String(isExternal)
  ];
  const needed = name === undefined ? (kind ?? "") : `${kind ?? ""} "${name}"`;
  const names = candidates.map((network) => network.name);
  if (found.length > 1)
    return [
      {
        needed: needed.replace(/^an? /, "exactly one "),
        available: `the cloud has ${found.length}: ${found.map((network) => network.name).join(", ")}`,
        fix: "select one by its name",
      },
    ];
  return [
    {
      needed,
      available: `the cloud has none${name === undefined ? "" : nearest(name, names)}`,
      fix:
        isExternal === true
          ? "choose one of openstack network list --external"
          : "choose one of openstack network list",
    },
  ];
}
