import { anyCheck, type Check } from "../check";
import type { Plan } from "../plan";
import { exceededQuotas } from "../quota";
import { raise } from "./compute-quotas";
import { ApiFailure, type OpenStackSession } from "./session";

/** Role that Octavia's default policy requires. */
const ROLE = "load-balancer_member";

/** Roles that permit creation by Octavia's default policy, in addition to that of a member. */
const SUFFICIENT = [ROLE, "load-balancer_admin", "admin"];

/** A role that permits reading only. */
const OBSERVER = /^load-balancer_(global_)?observer$/;

/** What the user may do with load balancers. */
export interface RoleSupply {
  readonly roles: readonly string[];
  /** Whether Octavia rejects the list of load balancers. */
  readonly isDenied: boolean;
}

/** Whether the user may create load balancers. An operator can permit them to every member, so Octavia is asked. */
export const roleCheck: Check<OpenStackSession, true, RoleSupply> = {
  name: "role for load balancers",
  needs: (plan) => (hasBalancers(plan) ? true : undefined),
  supply: async (cloud) => ({ roles: cloud.roles, isDenied: await isDenied(cloud) }),
  compare: (_, { roles, isDenied: denied }) => {
    const isObserver = roles.some((role) => OBSERVER.test(role)) && !roles.some((role) => SUFFICIENT.includes(role));
    if (!denied && !isObserver) return [];
    return [
      {
        needed: `the role ${ROLE} for load balancers`,
        available: `the user has ${[...roles].sort().join(", ") || "no role"}`,
        fix: `ask the operator: openstack role add --user <user> --project <project> ${ROLE}`,
      },
    ];
  },
};

export const roles = anyCheck(roleCheck);

/** Kinds of Octavia: type of the resource, key of the quota, path of the list, name, option of `openstack loadbalancer quota set`. */
const KINDS = [
  ["openstack_lb_loadbalancer_v2", "load_balancer", "loadbalancers", "load balancers", "loadbalancer"],
  ["openstack_lb_listener_v2", "listener", "listeners", "listeners", "listener"],
  ["openstack_lb_pool_v2", "pool", "pools", "pools", "pool"],
  ["openstack_lb_monitor_v2", "health_monitor", "healthmonitors", "health monitors", "healthmonitor"],
] as const;

/** Number of created objects by type. */
type BalancerNeeds = Readonly<Record<string, number>>;

/** Quotas and number of existing objects by key of the quota. */
export interface BalancerSupply {
  readonly quota: Readonly<Record<string, number | null>>;
  readonly used: Readonly<Record<string, number>>;
}

/** Whether load balancers with their listeners, pools and health monitors fit into Octavia's quotas. */
export const balancerQuotaCheck: Check<OpenStackSession, BalancerNeeds, BalancerSupply> = {
  name: "quotas of load balancers",
  needs: (plan) =>
    hasBalancers(plan)
      ? Object.fromEntries(KINDS.map(([type]) => [type, plan.created(type).length] as const))
      : undefined,
  supply: async (cloud) => {
    const { quota } = await cloud.get("load-balancer", `/lbaas/quotas/${cloud.projectId}`);
    const lists = KINDS.map(async ([, key, path]) => {
      const objects = await cloud.list("load-balancer", `/lbaas/${path}`, path);
      return [key, objects.length] as const;
    });
    return { quota: quota as BalancerSupply["quota"], used: Object.fromEntries(await Promise.all(lists)) };
  },
  compare: (needs, { quota, used }) =>
    exceededQuotas(
      KINDS.map(([type, key, , label, option]) => {
        const limit = quota[key];
        return {
          label,
          needed: needs[type] ?? 0,
          // Null: the default of the configuration, which the API does not contain.
          quota: limit === undefined || limit === null ? undefined : { limit, used: used[key] ?? 0 },
          fix: (sufficient: number) => raise(option)(sufficient).replace("quota set", "loadbalancer quota set"),
        };
      }),
    ),
};

export const balancerQuotas = anyCheck(balancerQuotaCheck);

function hasBalancers(plan: Plan): boolean {
  return KINDS.some(([type]) => plan.created(type).length > 0);
}

async function isDenied(cloud: OpenStackSession): Promise<boolean> {
  try {
    await cloud.get("load-balancer", "/lbaas/loadbalancers?limit=1");
    return false;
  } catch (error) {
    if (error instanceof ApiFailure && error.isDenied) return true;
    throw error;
  }
}
