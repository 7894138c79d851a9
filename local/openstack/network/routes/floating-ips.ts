import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { only, orNull, read, word } from "../../api/fields";
import type { World } from "../../store";
import { FLOATING_IPS, type FloatingIp, NETWORKS } from "../models";
import { freePublicAddress } from "../queries/external";
import { connect, isKept } from "../queries/floating-ips";
import { refuseBeyond } from "../queries/quotas";
import { type FloatingIpRules, OWN_FIELDS } from "../rules";
import { now } from "../timestamps";

/** Floating IPs of either cloud. */
export function floatingIps(world: World, rules: FloatingIpRules): readonly Route[] {
  const connection = { port_id: orNull(word), fixed_ip_address: orNull(word) };
  return collection(world, {
    kind: FLOATING_IPS,
    path: "/v2.0/floatingips",
    one: "floatingip",
    many: "floatingips",
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
    create: (call) => {
      const given = read(call, {
        wrapper: "floatingip",
        required: { floating_network_id: word },
        optional: {
          ...connection,
          ...only(OWN_FIELDS, rules.ownFields),
          tenant_id: word,
          project_id: word,
          floating_ip_address: word,
          subnet_id: word,
        },
      });
      if (!world.get(NETWORKS, given.floating_network_id)["router:external"])
        throw badRequest(`network ${given.floating_network_id} leads nowhere`, "BadRequest");
      refuseBeyond(world, FLOATING_IPS);
      const { port_id, fixed_ip_address, ...own } = given;
      const connected = connect(world, rules, port_id ?? null, fixed_ip_address ?? null);
      return world.add(FLOATING_IPS, {
        ...OWNER,
        created_at: now(),
        updated_at: now(),
        ...rules.defaults,
        ...own,
        id: world.newId(),
        floating_ip_address: freePublicAddress(world),
        ...connected,
      });
    },
    update: (call, floating) => update(world, rules, call, floating),
    remove: (floating) => {
      if (floating["delete_protection"] === true)
        throw conflict("FloatingIPProtected", `floating IP ${floating.id} is protected`);
      if (isKept(world, floating) || (floating.port_id !== null && !rules.removableWhileConnected))
        throw conflict("FloatingIPInUse", `floating IP ${floating.id} stands for port ${floating.port_id ?? ""}`);
      world.remove(FLOATING_IPS, floating.id);
    },
  });
}

function update(world: World, rules: FloatingIpRules, call: Call, floating: FloatingIp): FloatingIp {
  const { port_id, fixed_ip_address, ...own } = read(call, {
    wrapper: "floatingip",
    optional: { port_id: orNull(word), fixed_ip_address: orNull(word), ...only(OWN_FIELDS, rules.ownFields) },
  });
  // Neutron takes a missing port for none; who changes a word must not lose a connection here by surprise.
  if (port_id === undefined) return world.change(FLOATING_IPS, floating.id, own);
  if (isKept(world, floating)) throw conflict("FloatingIPInUse", `floating IP ${floating.id} belongs to a NAT gateway`);
  if (port_id !== null && floating.port_id !== null && port_id !== floating.port_id)
    throw conflict(
      "FloatingIPPortAlreadyAssociated",
      `floating IP ${floating.id} stands for port ${floating.port_id} already`,
    );
  return world.change(FLOATING_IPS, floating.id, {
    ...own,
    ...connect(world, rules, port_id, fixed_ip_address ?? null, floating.id),
  });
}
