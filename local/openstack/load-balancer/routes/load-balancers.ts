import { defined } from "@groundwork/constructs/core";
import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, list, nonEmptyText, oneOf, read, text } from "../../api/fields";
import { PORTS } from "../../network/models";
import { addPort, removePort } from "../../network/queries/ports";
import { now } from "../../network/timestamps";
import type { Store } from "../../store";
import { LISTENERS, LOAD_BALANCERS, type LoadBalancer, POOLS } from "../models";
import { activateAfterPoll, beginUpdate, removePool, subnetOf } from "../queries";
import type { LoadBalancerRules } from "../rules";
import { statuses } from "./statuses";

const CHANGEABLE = { name: text, description: text, admin_state_up: flag };

/** Load balancers, in both APIs. */
export function loadBalancers(store: Store, rules: LoadBalancerRules): readonly Route[] {
  const listenersOf = (id: string): readonly JsonObject[] => idsOf(store.all(LISTENERS), id);
  const poolsOf = (id: string): readonly JsonObject[] => idsOf(store.all(POOLS), id);
  const path = "/v2.0/lbaas/loadbalancers";
  return [
    ...collection(store, {
      kind: LOAD_BALANCERS,
      path,
      singular: "loadbalancer",
      plural: "loadbalancers",
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
      create: (call) => create(store, call, rules),
      update: (call, { id }) => {
        const given = read(call, {
          wrapper: "loadbalancer",
          optional: { ...CHANGEABLE, ...(rules.api === "octavia" && { tags: list(text) }) },
        });
        beginUpdate(store, id);
        return store.change(LOAD_BALANCERS, id, given);
      },
      remove: ({ id, vip_port_id }, call) =>
        remove(store, { id, vip_port_id }, [...listenersOf(id), ...poolsOf(id)], call, rules),
    }),
    statuses(store),
  ];
}

function idsOf(
  children: readonly { readonly id: string; readonly balancer: string }[],
  balancerId: string,
): readonly JsonObject[] {
  return children.filter(({ balancer }) => balancer === balancerId).map(({ id }) => ({ id }));
}

/** The fields that only one of the APIs accepts, and the defaults that only it shows. */
const VARIANTS = {
  octavia: {
    fields: {
      tenant_id: nonEmptyText,
      project_id: nonEmptyText,
      vip_network_id: nonEmptyText,
      tags: list(text),
      availability_zone: nonEmptyText,
      flavor_id: nonEmptyText,
      provider: nonEmptyText,
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

function create(store: Store, call: Call, { api, ...rules }: LoadBalancerRules): LoadBalancer {
  const { fields, shown, owner } = VARIANTS[api];
  const { vip_subnet_id, vip_address, ...given } = read(call, {
    wrapper: "loadbalancer",
    required: { vip_subnet_id: nonEmptyText },
    optional: { ...CHANGEABLE, vip_address: nonEmptyText, ...fields },
  });
  const { network_id } = subnetOf(store, api, vip_subnet_id);
  const id = store.newId();
  const requested = defined({ subnet_id: vip_subnet_id, ip_address: vip_address });
  const port = addPort(
    store,
    { network_id, fixed_ips: [requested], name: `octavia-lb-${id}`, device_id: `lb-${id}`, device_owner: owner },
    rules,
  );
  const balancer = store.add(LOAD_BALANCERS, {
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
  activateAfterPoll(store, id);
  return balancer;
}

function remove(
  store: Store,
  { id, vip_port_id }: Pick<LoadBalancer, "id" | "vip_port_id">,
  children: readonly JsonObject[],
  { query }: Call,
  { api }: LoadBalancerRules,
): void {
  const message = `Cannot delete Load Balancer ${id} - it has children`;
  // Only Octavia can delete the children too.
  const isCascade = api === "octavia" && query.get("cascade") === "true";
  if (children.length > 0 && !isCascade)
    throw api === "octavia" ? badRequest(`Validation failure: ${message}`) : conflict("ValidationException", message);
  beginUpdate(store, id);
  store.change(LOAD_BALANCERS, id, { provisioning_status: "PENDING_DELETE" });
  store.afterPolls(LOAD_BALANCERS, id, 1, () => {
    for (const listener of store.all(LISTENERS)) if (listener.balancer === id) store.remove(LISTENERS, listener.id);
    for (const pool of store.all(POOLS)) if (pool.balancer === id) removePool(store, pool.id);
    if (store.find(PORTS, vip_port_id) !== undefined) removePort(store, vip_port_id);
    store.remove(LOAD_BALANCERS, id);
  });
}
