import type { Cidr } from "../../core/cidr";
import type { Place } from "../../core/violation";
import { OST020 } from "../rules";

/**
 * The addresses of a subnet that its cloud hands out by itself: what is asked for, else the upper half of the block. Refuses
 * those that are not the cloud's to hand out.
 */
export function checkedAutomaticAddresses(
  at: Place,
  subnet: Cidr,
  asked: Cidr = subnet.part(subnet.prefix + 1, 1),
): Cidr {
  const refuse = (given: string) =>
    OST020.violation({
      at,
      given,
      fix: `take a part of the block such as ${subnet.part(subnet.prefix + 1, 1).toString()}`,
    });
  if (!subnet.contains(asked)) throw refuse(`${asked.toString()} to be handed out in ${subnet.toString()}`);
  if (asked.first <= subnet.first + 1)
    throw refuse(`${asked.toString()} with the subnet's own address and its gateway's`);
  if (asked.first === subnet.last) throw refuse(`${asked.toString()}, the broadcast address, alone`);
  return asked;
}

/** Neutron's words for them. The last address of a subnet is its broadcast address, and nobody's. */
export function allocationPool(subnet: Cidr, automatic: Cidr): { start: string; end: string } {
  return { start: automatic.address(0), end: automatic.address(automatic.last === subnet.last ? -2 : -1) };
}
