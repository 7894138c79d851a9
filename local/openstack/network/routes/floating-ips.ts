import { OWNER } from "../../account";
import { ApiError, badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, nullable, only, read } from "../../api/fields";
import type { Store } from "../../store";
import { FLOATING_IPS, type FloatingIp, NETWORKS } from "../models";
import { freePublicAddress } from "../queries/external";
import { associate, belongsToNatGateway } from "../queries/floating-ips";
import { rejectBeyondQuota } from "../queries/quotas";
import { EXTRA_FIELDS, type FloatingIpRules } from "../rules";
import { now } from "../timestamps";

const ASSOCIATION = { port_id: nullable(nonEmptyText), fixed_ip_address: nullable(nonEmptyText) };

/** Floating IPs, on both clouds. */
export function floatingIps(store: Store, rules: FloatingIpRules): readonly Route[] {
  return collection(store, {
    kind: FLOATING_IPS,
    path: "/v2.0/floatingips",
    singular: "floatingip",
    plural: "floatingips",
    filters: [
      "id",
      "floating_network_id",
      "floating_ip_address",
      "fixed_ip_address",
      "port_id",
      "router_id",
      "status",
      "tenant_id",
      "project_id",
      "description",
      "tags",
    ],
    create: (call) => create(store, rules, call),
    update: (call, floating) => update(store, rules, call, floating),
    remove: (floating) => {
      if (floating["delete_protection"] === true)
        throw conflict("FloatingIPProtected", `floating IP ${floating.id} is protected`);
      if (belongsToNatGateway(store, floating) || (floating.port_id !== null && !rules.deletableWhileAssociated))
        throw conflict(
          "FloatingIPInUse",
          `floating IP ${floating.id} is associated with port ${floating.port_id ?? ""}`,
        );
      store.remove(FLOATING_IPS, floating.id);
    },
  });
}

function create(store: Store, rules: FloatingIpRules, call: Call): FloatingIp {
  const given = read(call, {
    wrapper: "floatingip",
    required: { floating_network_id: nonEmptyText },
    optional: {
      ...ASSOCIATION,
      ...only(EXTRA_FIELDS, rules.extraFields),
      tenant_id: nonEmptyText,
      project_id: nonEmptyText,
      floating_ip_address: nonEmptyText,
      subnet_id: nonEmptyText,
    },
  });
  if (given.floating_ip_address !== undefined && rules.restrictedAddress)
    throw new ApiError(
      403,
      "PolicyNotAuthorized",
      "rule:create_floatingip:floating_ip_address is disallowed by policy",
    );
  if (!store.get(NETWORKS, given.floating_network_id)["router:external"])
    throw badRequest(`network ${given.floating_network_id} is not external`, "BadRequest");
  rejectBeyondQuota(store, FLOATING_IPS);
  const { port_id, fixed_ip_address, ...fields } = given;
  const association = associate(store, rules, port_id ?? null, fixed_ip_address ?? null);
  return store.add(FLOATING_IPS, {
    ...OWNER,
    created_at: now(),
    updated_at: now(),
    ...rules.defaults,
    ...fields,
    id: store.newId(),
    floating_ip_address: freePublicAddress(store),
    ...association,
  });
}

function update(store: Store, rules: FloatingIpRules, call: Call, floating: FloatingIp): FloatingIp {
  const { port_id, fixed_ip_address, ...fields } = read(call, {
    wrapper: "floatingip",
    optional: { ...ASSOCIATION, ...only(EXTRA_FIELDS, rules.extraFields) },
  });
  // Neutron treats a missing port as null. Here, an update of other fields must not disassociate the floating IP by accident.
  if (port_id === undefined) return store.change(FLOATING_IPS, floating.id, fields);
  if (belongsToNatGateway(store, floating))
    throw conflict("FloatingIPInUse", `floating IP ${floating.id} belongs to a NAT gateway`);
  if (!rules.movable && port_id !== null && floating.port_id !== null && port_id !== floating.port_id)
    throw conflict(
      "FloatingIPPortAlreadyAssociated",
      `floating IP ${floating.id} is already associated with port ${floating.port_id}`,
    );
  return store.change(FLOATING_IPS, floating.id, {
    ...fields,
    ...associate(store, rules, port_id, fixed_ip_address ?? null, floating.id),
  });
}
