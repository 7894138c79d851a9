import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, list, oneOf, read, text, word } from "../../api/fields";
import { PORTS, SUBNETS } from "../../network/models";
import { addPort, removePort } from "../../network/queries/ports";
import { now } from "../../network/timestamps";
import type { World } from "../../store";
import { LISTENERS, LOAD_BALANCERS, type LoadBalancer, POOLS } from "../models";
import { removePool, settle, touch } from "../queries";
import type { LoadBalancerRules } from "../rules";
import { statuses } from "./statuses";

const CHANGEABLE = { name: text, description: text, admin_state_up: flag };

/** Load balancers of either cloud. */
export function loadBalancers(world: World, rules: LoadBalancerRules): readonly Route[] {
  const listenersOf = (id: string): readonly JsonObject[] => idsOf(world.all(LISTENERS), id);
  const poolsOf = (id: string): readonly JsonObject[] => idsOf(world.all(POOLS), id);
  const path = "/v2.0/lbaas/loadbalancers";
  return [
    ...collection(world, {
      kind: LOAD_BALANCERS,
      path,
      one: "loadbalancer",
      many: "loadbalancers",
      filters: [
        "id",
        "name",
        "vip_address",
        "vip_port_id",
        "vip_subnet_id",
        "provisioning_status",
        "project_id",
        "tenant_id",
      ],
      view: (balancer) => ({ ...balancer, listeners: listenersOf(balancer.id), pools: poolsOf(balancer.id) }),
      create: (call) => create(world, call, rules),
      update: (call, { id }) => {
        const given = read(call, {
          wrapper: "loadbalancer",
          optional: { ...CHANGEABLE, ...(rules.api === "octavia" ? { tags: list(text) } : {}) },
        });
        touch(world, id);
        return world.change(LOAD_BALANCERS, id, given);
      },
      remove: ({ id, vip_port_id }, call) =>
        remove(world, { id, vip_port_id }, [...listenersOf(id), ...poolsOf(id)], isCascade(call, rules)),
    }),
    statuses(world),
  ];
}

function idsOf(
  children: readonly { readonly id: string; readonly balancer: string }[],
  balancerId: string,
): readonly JsonObject[] {
  return children.filter(({ balancer }) => balancer === balancerId).map(({ id }) => ({ id }));
}

/** What each API takes, and shows, and the other does not. */
const OWN = {
  octavia: {
    fields: {
      tenant_id: word,
      project_id: word,
      vip_network_id: word,
      tags: list(text),
      availability_zone: word,
      flavor_id: word,
      provider: word,
    },
    shown: { provider: "amphora", vip_qos_policy_id: null, flavor_id: null, availability_zone: null, tags: [] },
    owner: "Octavia",
  },
  "neutron-lbaas": {
    fields: { loadbalancer_type: oneOf("shared", "dedicated") },
    shown: { provider: "haproxy", loadbalancer_type: "shared", ipacl_groups: [], ipacl_group_action: null },
    owner: "neutron:LOADBALANCERV2",
  },
} as const;

function create(world: World, call: Call, { api, ...rules }: LoadBalancerRules): LoadBalancer {
  const { fields, shown, owner } = OWN[api];
  const { vip_subnet_id, vip_address, ...given } = read(call, {
    wrapper: "loadbalancer",
    required: { vip_subnet_id: word },
    optional: { ...CHANGEABLE, vip_address: word, ...fields },
  });
  const { network_id } = world.get(SUBNETS, vip_subnet_id);
  const id = world.newId();
  const wanted = { subnet_id: vip_subnet_id, ...(vip_address === undefined ? {} : { ip_address: vip_address }) };
  const port = addPort(
    world,
    { network_id, fixed_ips: [wanted], name: `octavia-lb-${id}`, device_id: `lb-${id}`, device_owner: owner },
    rules,
  );
  const balancer = world.add(LOAD_BALANCERS, {
    ...OWNER,
    name: "",
    description: "",
    admin_state_up: true,
    ...shown,
    created_at: now().replace("Z", ""),
    updated_at: now().replace("Z", ""),
    operating_status: "OFFLINE",
    ...given,
    id,
    provisioning_status: "PENDING_CREATE",
    vip_subnet_id,
    ...(api === "octavia" ? { vip_network_id: network_id } : { workflow_status: "ACTIVE" }),
    vip_port_id: port.id,
    vip_address: port.fixed_ips[0]?.ip_address ?? "",
  });
  settle(world, id);
  return balancer;
}

/** Whether a load balancer is to go with everything below it. Only Octavia offers that. */
function isCascade({ query }: Call, { api }: LoadBalancerRules): boolean {
  return api === "octavia" && query.get("cascade") === "true";
}

function remove(
  world: World,
  { id, vip_port_id }: Pick<LoadBalancer, "id" | "vip_port_id">,
  children: readonly JsonObject[],
  isCascade: boolean,
): void {
  if (children.length > 0 && !isCascade)
    throw conflict("ValidationException", `Cannot delete Load Balancer ${id} - it has children`);
  touch(world, id);
  world.change(LOAD_BALANCERS, id, { provisioning_status: "PENDING_DELETE" });
  world.afterPolls(LOAD_BALANCERS, id, 1, () => {
    for (const listener of world.all(LISTENERS)) if (listener.balancer === id) world.remove(LISTENERS, listener.id);
    for (const pool of world.all(POOLS)) if (pool.balancer === id) removePool(world, pool.id);
    if (world.find(PORTS, vip_port_id) !== undefined) removePort(world, vip_port_id);
    world.remove(LOAD_BALANCERS, id);
  });
}
