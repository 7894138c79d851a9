import { ApiError } from "../../api/api-error";
import type { Store } from "../../store";
import { type Network, NETWORKS, type Port, PORTS, type Subnet, SUBNETS } from "../models";

/** A network of the project. Rejects the external network. */
export function ownNetwork(store: Store, id: string): Network {
  const network = store.get(NETWORKS, id);
  if (network["router:external"])
    throw new ApiError(403, "HTTPForbidden", `not allowed to change network ${id}, which belongs to the operator`);
  return network;
}

/** The subnets on a network. */
export function subnetsOf(store: Store, networkId: string): readonly Subnet[] {
  return store.all(SUBNETS).filter((subnet) => subnet.network_id === networkId);
}

/** The ports of a network, of a subnet or of a device. */
export function portsOf(
  store: Store,
  by: { readonly network_id?: string; readonly subnet_id?: string; readonly device_id?: string },
): readonly Port[] {
  return store
    .all(PORTS)
    .filter(
      (port) =>
        (by.network_id === undefined || port.network_id === by.network_id) &&
        (by.device_id === undefined || port.device_id === by.device_id) &&
        (by.subnet_id === undefined || port.fixed_ips.some(({ subnet_id }) => subnet_id === by.subnet_id)),
    );
}
