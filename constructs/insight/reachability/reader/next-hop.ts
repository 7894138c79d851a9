import type { Cidr } from "../../../core/cidr";
import { type Unknown, isUnknown } from "../model/certainty";
import type { Interface } from "../model/network/endpoint";
import type { RouteTarget } from "../model/network/routing-table";

/** The target of a route to an address: the machine of the tree with this address, or an external component. */
export function nextHopTarget(address: Cidr | Unknown, interfaces: readonly Interface[], path: string): RouteTarget {
  const machine = interfaces.find(
    ({ addresses }) =>
      !isUnknown(address) &&
      !isUnknown(addresses) &&
      addresses.first === address.first &&
      addresses.last === address.last,
  );
  if (machine !== undefined) return { kind: "machine", path: machine.path, machine };
  return { kind: "external", path };
}
