import { anyCheck, type Check } from "../check";
import { nearest } from "../nearest";
import { machinesOf } from "./machines";
import type { OpenStackSession } from "./session";

/** A flavor of the cloud. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** Memory in MiB. */
  readonly ram: number;
}

/** All flavors that the project can use. */
export function flavorsOf(cloud: OpenStackSession): Promise<readonly Flavor[]> {
  return cloud.list<Flavor>("compute", "/flavors/detail", "flavors");
}

/** Whether the flavors of all machines exist. */
export const flavorCheck: Check<OpenStackSession, readonly string[], readonly string[]> = {
  name: "flavors",
  needs: (plan) => {
    const machines = machinesOf(plan).filter(({ flavor, presentFlavor }) => flavor !== presentFlavor);
    const names = new Set(machines.map(({ flavor }) => flavor).filter((flavor) => flavor !== undefined));
    return names.size === 0 ? undefined : [...names];
  },
  supply: async (cloud) => (await flavorsOf(cloud)).map(({ name }) => name),
  compare: (needs, supply) =>
    needs
      .filter((flavor) => !supply.includes(flavor))
      .map((flavor) => ({
        needed: `flavor "${flavor}"`,
        available: `the cloud has no flavor of this name${nearest(flavor, supply)}`,
        fix: "choose one of openstack flavor list",
      })),
};

export const flavors = anyCheck(flavorCheck);
