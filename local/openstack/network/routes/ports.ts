import type { Json } from "../../../http/json";
import { conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anything, flag, list, object, read, text, word } from "../../api/fields";
import type { World } from "../../store";
import { type Port, PORTS, SECURITY_GROUPS } from "../models";
import { assign } from "../queries/port-addresses";
import { addPort, removePort } from "../queries/ports";
import { defaultGroup } from "../queries/security-groups";
import type { PortRules } from "../rules";

const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  port_security_enabled: flag,
  security_groups: list(word),
  allowed_address_pairs: list(object({ ip_address: word }, { mac_address: word })),
  extra_dhcp_opts: anything,
  fixed_ips: list(object({}, { subnet_id: word, ip_address: word })),
};

/** Ports of either cloud. */
export function ports(world: World, rules: PortRules): readonly Route[] {
  return collection(world, {
    kind: PORTS,
    path: "/v2.0/ports",
    one: "port",
    many: "ports",
    filters: [
      "id",
      "name",
      "network_id",
      "device_id",
      "device_owner",
      "status",
      "mac_address",
      "tenant_id",
      "project_id",
      "admin_state_up",
      "tags",
    ],
    create: (call) => {
      const given = read(call, {
        wrapper: "port",
        required: { network_id: word },
        optional: {
          ...CHANGEABLE,
          device_id: text,
          device_owner: text,
          tenant_id: word,
          project_id: word,
          dns_name: text,
          mac_address: word,
          "binding:vnic_type": text,
        },
      });
      refuseUnknownGroups(world, given.security_groups);
      const isSecure = given.port_security_enabled ?? true;
      const security_groups = given.security_groups ?? (isSecure ? [defaultGroup(world).id] : []);
      refuseUnguarded(isSecure, security_groups, given.allowed_address_pairs ?? []);
      return addPort(world, { ...given, security_groups }, rules);
    },
    update: (call, port) => updatePort(world, call, port, rules),
    remove: (port) => {
      if (port.device_owner !== "")
        // Neutron itself would let a machine's port go, and the machine would lose it. That is the wrong order all the same.
        throw conflict("PortInUse", `Port ${port.id} cannot be deleted: it has device owner ${port.device_owner}.`);
      removePort(world, port.id);
    },
  });
}

function updatePort(world: World, call: Call, port: Port, { poolsOnly }: PortRules): Port {
  const { fixed_ips, ...given } = read(call, { wrapper: "port", optional: CHANGEABLE });
  refuseUnknownGroups(world, given.security_groups);
  const after = { ...port, ...given };
  refuseUnguarded(after.port_security_enabled, after.security_groups, after.allowed_address_pairs);
  if (fixed_ips === undefined) return world.change(PORTS, port.id, given);
  // Its own addresses are free for itself.
  world.change(PORTS, port.id, { fixed_ips: [] });
  return world.change(PORTS, port.id, { ...given, fixed_ips: assign(world, port.network_id, fixed_ips, poolsOnly) });
}

function refuseUnknownGroups(world: World, ids: readonly string[] | undefined): void {
  for (const id of ids ?? []) world.get(SECURITY_GROUPS, id);
}

function refuseUnguarded(isSecure: boolean, groups: readonly string[], pairs: readonly Json[]): void {
  if (isSecure || (groups.length === 0 && pairs.length === 0)) return;
  throw conflict("PortSecurityAndIPRequiredForSecurityGroups", "groups and address pairs go with port security only");
}
