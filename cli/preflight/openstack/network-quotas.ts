import { type CountedKind, countObjects } from "@groundwork/constructs/openstack/quotas";
import { anyCheck, type Check } from "../check";
import { exceededQuotas, type Quota } from "../quota";
import { raise } from "./compute-quotas";
import type { OpenStackSession } from "./session";

/** Kinds of objects that Neutron limits: key of its quota, name, and option of `openstack quota set`. */
const KINDS: readonly (readonly [kind: CountedKind, key: string, label: string, option: string])[] = [
  ["networks", "network", "networks", "networks"],
  ["subnets", "subnet", "subnets", "subnets"],
  ["ports", "port", "ports", "ports"],
  ["routers", "router", "routers", "routers"],
  ["floatingIps", "floatingip", "floating IPs", "floating-ips"],
  ["securityGroups", "security_group", "security groups", "secgroups"],
  ["securityGroupRules", "security_group_rule", "security group rules", "secgroup-rules"],
];

/** Number of created objects by kind. */
export type NetworkNeeds = Readonly<Partial<Record<CountedKind, number>>>;

/** Neutron's quotas by key. */
export type NetworkSupply = Readonly<Record<string, Quota | undefined>>;

/** Whether networks, subnets, ports, routers, floating IPs, security groups and rules fit into Neutron's quotas. */
export const networkQuotaCheck: Check<OpenStackSession, NetworkNeeds, NetworkSupply> = {
  name: "quotas of networks",
  needs: (plan) => {
    const counts = KINDS.map(([kind]) => [kind, countObjects(kind, plan.createdTypes)] as const);
    return counts.every(([, count]) => count === 0) ? undefined : Object.fromEntries(counts);
  },
  supply: async (cloud) => {
    // A new project gets its group `default` with the first request for security groups.
    await cloud.list("network", "/security-groups?fields=id", "security_groups");
    const { quota } = await cloud.get("network", `/quotas/${cloud.projectId}/details.json`);
    return quota as NetworkSupply;
  },
  compare: (needs, supply) =>
    exceededQuotas(
      KINDS.map(([kind, key, label, option]) => ({
        label,
        needed: needs[kind] ?? 0,
        quota: supply[key],
        fix: raise(option),
      })),
    ),
};

export const networkQuotas = anyCheck(networkQuotaCheck);
