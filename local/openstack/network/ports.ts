import { randomInt } from "node:crypto";
import type { Json } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import type { Call, Route } from "../call";
import { collection } from "../collection";
import { anything, flag, list, object, read, text, word } from "../fields";
import { conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { FLOATING_IPS } from "./floating-ips";
import { ownNetwork } from "./networks";
import type { FixedIp, WantedAddress } from "./port-addresses";
import { assign } from "./port-addresses";
import { refuseBeyond } from "./quotas";
import { defaultGroup, SECURITY_GROUPS } from "./security-groups";
import { now } from "./times";

/** A place where something is plugged into a network. */
export interface Port extends Row {
  readonly name: string;
  readonly network_id: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly security_groups: readonly string[];
  readonly allowed_address_pairs: readonly Json[];
  readonly port_security_enabled: boolean;
  readonly device_id: string;
  readonly device_owner: string;
  readonly status: "ACTIVE" | "DOWN";
  readonly mac_address: string;
}

export const PORTS = new Kind<Port>("Port");

/** What differs from cloud to cloud. */
export interface PortRules {
  /** Whether a client may choose only addresses of the pools. */
  readonly poolsOnly: boolean;
}

/** The ports on a network, with an address of a subnet, or of a device. */
export function portsOf(
  world: World,
  by: { readonly network_id?: string; readonly subnet_id?: string; readonly device_id?: string },
): readonly Port[] {
  return world
    .all(PORTS)
    .filter(
      (port) =>
        (by.network_id === undefined || port.network_id === by.network_id) &&
        (by.device_id === undefined || port.device_id === by.device_id) &&
        (by.subnet_id === undefined || port.fixed_ips.some(({ subnet_id }) => subnet_id === by.subnet_id)),
    );
}

/** What a port is made from. */
export interface PortProps {
  readonly network_id: string;
  readonly fixed_ips?: readonly WantedAddress[] | undefined;
  readonly security_groups?: readonly string[];
  readonly name?: string;
  readonly device_id?: string;
  readonly device_owner?: string;
}

/** Plugs something into a network. */
export function addPort(world: World, { fixed_ips, ...given }: PortProps, { poolsOnly }: PortRules): Port {
  ownNetwork(world, given.network_id);
  refuseBeyond(world, PORTS);
  return world.add(PORTS, {
    ...OWNER,
    id: world.newId(),
    name: "",
    description: "",
    admin_state_up: true,
    port_security_enabled: true,
    security_groups: [],
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    device_owner: "",
    device_id: "",
    dns_name: "",
    "binding:vnic_type": "normal",
    tags: [],
    created_at: now(),
    updated_at: now(),
    ...given,
    status: (given.device_id ?? "") === "" ? "DOWN" : "ACTIVE",
    // The second lowest bit of the first byte says that nobody has bought the number.
    mac_address: ["fa", "16", "3e", ...[0, 1, 2].map(() => randomInt(256).toString(16).padStart(2, "0"))].join(":"),
    fixed_ips: assign(world, given.network_id, fixed_ips, poolsOnly),
  });
}

/** Pulls a plug. A public address that stood for it stands for nothing then. */
export function removePort(world: World, id: string): void {
  for (const floating of world.all(FLOATING_IPS).filter(({ port_id }) => port_id === id))
    world.change(FLOATING_IPS, floating.id, { port_id: null, fixed_ip_address: null, router_id: null, status: "DOWN" });
  world.remove(PORTS, id);
}

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
