import { ApiError, badRequest, conflict } from "../../api/api-error";
import type { Store } from "../../store";
import { FLOATING_IPS, type FloatingIp, NAT_GATEWAY_OWNER, type Port, PORTS } from "../models";
import type { FloatingIpRules } from "../rules";

/** The fields of a floating IP that is associated with a port, or with none. Rejects a port that cannot have one. */
export function associate(
  store: Store,
  rules: FloatingIpRules,
  portId: string | null,
  requested: string | null,
  self?: string,
): Pick<FloatingIp, "port_id" | "fixed_ip_address" | "router_id" | "status"> {
  if (portId === null) return { port_id: null, fixed_ip_address: null, router_id: null, status: "DOWN" };
  const port = store.get(PORTS, portId);
  const fixed = port.fixed_ips.find(({ ip_address }) => requested === null || ip_address === requested);
  if (fixed === undefined) throw badRequest(`port ${portId} has no address ${requested ?? ""}`);
  const router_id = rules.gatewayOf(store, fixed.subnet_id);
  if (router_id === undefined)
    throw new ApiError(
      404,
      "ExternalGatewayForFloatingIPNotFound",
      `External network is not reachable from subnet ${fixed.subnet_id}. Therefore, cannot associate Port ${portId} with a Floating IP.`,
    );
  const other = store
    .all(FLOATING_IPS)
    .find(
      (floating) =>
        floating.id !== self && floating.fixed_ip_address === fixed.ip_address && floating.port_id === portId,
    );
  if (other !== undefined)
    throw conflict(
      "FloatingIPPortAlreadyAssociated",
      `port ${portId} has floating IP ${other.floating_ip_address} already`,
    );
  return { port_id: portId, fixed_ip_address: fixed.ip_address, router_id, status: "ACTIVE" };
}

/** Whether a NAT gateway uses the floating IP; it can then be neither associated nor deleted. */
export function belongsToNatGateway(store: Store, { port_id }: FloatingIp): boolean {
  return portOf(store, port_id)?.device_owner === NAT_GATEWAY_OWNER;
}

function portOf(store: Store, id: string | null): Port | undefined {
  return store.find(PORTS, id);
}

/** Whether a floating IP is associated with an address of a subnet. */
export function hasFloatingIps(store: Store, subnetId: string): boolean {
  return store
    .all(FLOATING_IPS)
    .some(({ port_id }) => portOf(store, port_id)?.fixed_ips.some(({ subnet_id }) => subnet_id === subnetId) === true);
}
