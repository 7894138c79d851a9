import { OWNER } from "../account";
import type { Call, Route } from "../call";
import { collection } from "../collection";
import { flag, only, orNull, read, text, word } from "../fields";
import { badRequest, conflict, Refusal } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { freePublicAddress } from "./external";
import { NETWORKS } from "./networks";
import type { Port } from "./ports";
import { PORTS } from "./ports";
import { refuseBeyond } from "./quotas";
import { now } from "./times";

/** A public address, which may stand for a port. */
export interface FloatingIp extends Row {
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  readonly status: "ACTIVE" | "DOWN";
}

export const FLOATING_IPS = new Kind<FloatingIp>("Floating IP");

/** What differs from cloud to cloud. */
export interface FloatingIpRules {
  /** Fields that this cloud has and others do not. */
  readonly ownFields: readonly (keyof typeof OWN_FIELDS)[];
  /** What a new one has for them. */
  readonly defaults: Partial<FloatingIp>;
  /** Whether it can be given back while it stands for a port. */
  readonly removableWhileConnected: boolean;
  /** What leads from a subnet to the internet; nothing when nothing does. */
  readonly gatewayOf: (world: World, subnetId: string) => string | undefined;
}

const OWN_FIELDS = { label: text, delete_protection: flag, description: text };

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

/** Lets a public address stand for a port, or for none. */
function connect(
  world: World,
  rules: FloatingIpRules,
  portId: string | null,
  wanted: string | null,
  self?: string,
): Pick<FloatingIp, "port_id" | "fixed_ip_address" | "router_id" | "status"> {
  if (portId === null) return { port_id: null, fixed_ip_address: null, router_id: null, status: "DOWN" };
  const port = world.get(PORTS, portId);
  const fixed = port.fixed_ips.find(({ ip_address }) => wanted === null || ip_address === wanted);
  if (fixed === undefined) throw badRequest(`port ${portId} has no address ${wanted ?? ""}`);
  const router_id = rules.gatewayOf(world, fixed.subnet_id);
  if (router_id === undefined)
    throw new Refusal(
      404,
      "ExternalGatewayForFloatingIPNotFound",
      `External network is not reachable from subnet ${fixed.subnet_id}. Therefore, cannot associate Port ${portId} with a Floating IP.`,
    );
  const other = world
    .all(FLOATING_IPS)
    .find((one) => one.id !== self && one.fixed_ip_address === fixed.ip_address && one.port_id === portId);
  if (other !== undefined)
    throw conflict(
      "FloatingIPPortAlreadyAssociated",
      `port ${portId} has floating IP ${other.floating_ip_address} already`,
    );
  return { port_id: portId, fixed_ip_address: fixed.ip_address, router_id, status: "ACTIVE" };
}

/** Whether it is a NAT gateway's: then nobody else decides about it. */
function isKept(world: World, { port_id }: FloatingIp): boolean {
  return portOf(world, port_id)?.device_owner === NAT_GATEWAY_OWNER;
}

/** Who owns the port of a NAT gateway. */
export const NAT_GATEWAY_OWNER = "goblin:natgateway";

function portOf(world: World, id: string | null): Port | undefined {
  return world.find(PORTS, id);
}

/** Whether any public address stands for an address of a subnet. */
export function hasFloatingIps(world: World, subnetId: string): boolean {
  return world
    .all(FLOATING_IPS)
    .some(({ port_id }) => portOf(world, port_id)?.fixed_ips.some(({ subnet_id }) => subnet_id === subnetId) === true);
}
