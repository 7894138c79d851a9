import { type JsonObject, objectOf } from "../../../http/json";
import { conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anyJson, flag, list, nonEmptyText, object, read, shortText, text } from "../../api/fields";
import type { Store } from "../../store";
import { type Port, PORTS, SECURITY_GROUPS } from "../models";
import { rejectInvalidPairs, rejectUnsecured } from "../queries/address-pairs";
import { assign } from "../queries/port-addresses";
import { addPort, removePort } from "../queries/ports";
import { defaultGroup } from "../queries/security-groups";
import type { PortRules } from "../rules";

const CHANGEABLE = {
  name: shortText,
  description: shortText,
  admin_state_up: flag,
  port_security_enabled: flag,
  security_groups: list(nonEmptyText),
  allowed_address_pairs: list(object({ ip_address: nonEmptyText }, { mac_address: nonEmptyText })),
  extra_dhcp_opts: anyJson,
  fixed_ips: list(object({}, { subnet_id: nonEmptyText, ip_address: nonEmptyText })),
};

/** Ports, on both clouds. */
export function ports(store: Store, rules: PortRules): readonly Route[] {
  return collection(store, {
    kind: PORTS,
    path: "/v2.0/ports",
    singular: "port",
    plural: "ports",
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
    view: portView,
    create: (call) => {
      const given = read(call, {
        wrapper: "port",
        required: { network_id: nonEmptyText },
        optional: {
          ...CHANGEABLE,
          device_id: text,
          device_owner: text,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
          dns_name: text,
          mac_address: nonEmptyText,
          "binding:vnic_type": text,
        },
      });
      rejectUnknownGroups(store, given.security_groups);
      const isSecure = given.port_security_enabled ?? true;
      const security_groups = given.security_groups ?? (isSecure ? [defaultGroup(store).id] : []);
      rejectInvalidPairs(given.allowed_address_pairs ?? []);
      rejectUnsecured(isSecure, security_groups, given.allowed_address_pairs?.length ?? 0);
      return addPort(store, { ...given, security_groups }, rules);
    },
    update: (call, port) => updatePort(store, call, port, rules),
    remove: (port) => {
      rejectOwned(port);
      removePort(store, port.id);
    },
  });
}

/** Neutron would delete the port of a machine, which then loses it. Clients should not, so the emulator rejects that too. */
function rejectOwned({ id, device_owner: owner }: Port): void {
  if (owner.startsWith("network:"))
    throw conflict(
      "ServicePortInUse",
      `Port ${id} cannot be deleted directly via the port API: has device owner ${owner}.`,
    );
  if (owner !== "") throw conflict("PortInUse", `Port ${id} cannot be deleted: it has device owner ${owner}.`);
}

/** A pair without a MAC address gets that of its port. */
function portView(port: Port): JsonObject {
  const { mac_address, allowed_address_pairs: pairs } = port;
  return { ...port, allowed_address_pairs: pairs.map((pair) => ({ mac_address, ...objectOf(pair) })) };
}

function updatePort(store: Store, call: Call, port: Port, { restrictedToPools }: PortRules): Port {
  const { fixed_ips, ...given } = read(call, { wrapper: "port", optional: CHANGEABLE });
  rejectUnknownGroups(store, given.security_groups);
  rejectInvalidPairs(given.allowed_address_pairs ?? []);
  const after = { ...port, ...given };
  rejectUnsecured(after.port_security_enabled, after.security_groups, after.allowed_address_pairs.length);
  if (fixed_ips === undefined) return store.change(PORTS, port.id, given);
  // The port can keep its own addresses.
  store.change(PORTS, port.id, { fixed_ips: [] });
  return store.change(PORTS, port.id, {
    ...given,
    fixed_ips: assign(store, port.network_id, fixed_ips, restrictedToPools),
  });
}

function rejectUnknownGroups(store: Store, ids: readonly string[] | undefined): void {
  for (const id of ids ?? []) store.get(SECURITY_GROUPS, id);
}
