import { type CountedKind, countObjects } from "@groundwork/constructs/openstack/quotas";
import { anyCheck, type Check } from "../check";
import { exceededQuotas, type Quota } from "../quota";
import { type Flavor, flavorsOf } from "./flavors";
import { machinesOf } from "./machines";
import type { OpenStackSession } from "./session";

/** Machines by flavor, key pairs and server groups that stacks create. */
export interface ComputeNeeds {
  readonly machines: number;
  readonly keyPairs: number;
  readonly serverGroups: number;
  /** Flavors of new machines, and old and new flavors of machines that are resized. */
  readonly flavors: readonly { readonly from: string | undefined; readonly to: string }[];
}

/** Nova's limits of the project, and the flavors with their sizes. */
export interface ComputeSupply {
  readonly limits: Readonly<Record<string, number>>;
  readonly keyPairs: number;
  readonly flavors: readonly Flavor[];
}

interface Limits {
  readonly limits: { readonly absolute: Readonly<Record<string, number>> };
}

/** Whether machines, vCPUs, memory, key pairs and server groups fit into Nova's quotas. */
export const computeQuotaCheck: Check<OpenStackSession, ComputeNeeds, ComputeSupply> = {
  name: "quotas of machines",
  needs: (plan) => {
    const count = (kind: CountedKind): number => countObjects(kind, plan.createdTypes);
    const changed = machinesOf(plan).filter(({ flavor, presentFlavor }) => flavor !== presentFlavor);
    const flavors = changed.flatMap(({ flavor, presentFlavor }) =>
      flavor === undefined ? [] : [{ from: presentFlavor, to: flavor }],
    );
    const [machines, keyPairs, serverGroups] = [count("machines"), count("keyPairs"), count("serverGroups")];
    if (machines + keyPairs + serverGroups + flavors.length === 0) return undefined;
    return { machines, keyPairs, serverGroups, flavors };
  },
  supply: async (cloud) => {
    const { limits } = (await cloud.get("compute", "/limits")) as unknown as Limits;
    const keyPairs = await cloud.list("compute", "/os-keypairs", "keypairs");
    return { limits: limits.absolute, keyPairs: keyPairs.length, flavors: await flavorsOf(cloud) };
  },
  compare: (needs, { limits, keyPairs, flavors }) => {
    const quota = (limit: string, used: number | undefined): Quota | undefined => {
      const most = limits[limit];
      return most === undefined ? undefined : { limit: most, used: used ?? 0 };
    };
    const grown = (of: (flavor: Flavor) => number): number => growth(needs, flavors, of);
    return exceededQuotas([
      {
        label: "machines",
        needed: needs.machines,
        quota: quota("maxTotalInstances", limits["totalInstancesUsed"]),
        fix: raise("instances"),
      },
      {
        label: "vCPUs",
        needed: grown(({ vcpus }) => vcpus),
        quota: quota("maxTotalCores", limits["totalCoresUsed"]),
        fix: raise("cores"),
      },
      {
        label: "MiB of memory",
        needed: grown(({ ram }) => ram),
        quota: quota("maxTotalRAMSize", limits["totalRAMUsed"]),
        fix: raise("ram"),
      },
      {
        label: "key pairs",
        needed: needs.keyPairs,
        quota: quota("maxTotalKeypairs", keyPairs),
        fix: raise("key-pairs"),
      },
      {
        label: "server groups",
        needed: needs.serverGroups,
        quota: quota("maxServerGroups", limits["totalServerGroupsUsed"]),
        fix: raise("server-groups"),
      },
    ]);
  },
};

export const computeQuotas = anyCheck(computeQuotaCheck);

/** The request to the operator for a higher quota, with the option of `openstack quota set`. */
export function raise(option: string): (sufficient: number) => string {
  return (sufficient) => `ask the operator: openstack quota set --${option} ${sufficient} <project>`;
}

/** Sum over new and resized machines. A flavor that does not exist is reported by another check. */
function growth(
  { flavors: changes }: ComputeNeeds,
  flavors: readonly Flavor[],
  of: (flavor: Flavor) => number,
): number {
  const size = (name: string | undefined): number => {
    const flavor = flavors.find((each) => each.name === name);
    return flavor === undefined ? 0 : of(flavor);
  };
  // A resize reserves the difference.
  return changes.reduce((sum, { from, to }) => sum + Math.max(0, size(to) - size(from)), 0);
}
