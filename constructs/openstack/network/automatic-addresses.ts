import type { Cidr } from "../../core/cidr";
import type { Location } from "../../core/violation";
import { OST020 } from "../rules";

/**
 * The addresses of a subnet that the cloud assigns automatically: the requested block, or the upper half of the subnet. Rejects a
 * block that contains addresses that the cloud cannot assign.
 */
export function checkedAutomaticAddresses(
  at: Location,
  subnet: Cidr,
  requested: Cidr = subnet.part(subnet.prefix + 1, 1),
): Cidr {
  const violation = (given: string) =>
    OST020.violation({
      at,
      given,
      fix: `use a part of the block such as ${subnet.part(subnet.prefix + 1, 1).toString()}`,
    });
  if (!subnet.contains(requested))
    throw violation(`automatic addresses ${requested.toString()} outside of ${subnet.toString()}`);
  if (requested.first <= subnet.first + 1)
    throw violation(`automatic addresses ${requested.toString()} with the network address or the gateway's`);
  if (requested.first === subnet.last)
    throw violation(`automatic addresses ${requested.toString()}, which is only the broadcast address`);
  return requested;
}

/** Neutron's allocation pool of the addresses. It excludes the broadcast address, the last one of a subnet. */
export function allocationPool(subnet: Cidr, automatic: Cidr): { start: string; end: string } {
  return { start: automatic.address(0), end: automatic.address(automatic.last === subnet.last ? -2 : -1) };
}
