import type { Cidr } from "../../../core/cidr";
import type { Unknown } from "../model/certainty";
import { isUnknown } from "../model/certainty";
import type { Interface } from "../model/place";
import type { Target } from "../model/routing-table";

/** Where a route to an address leads: to the machine of the tree that has it, or to something that stands elsewhere. */
export function targetAt(address: Cidr | Unknown, interfaces: readonly Interface[], words: string): Target {
  const machine = interfaces.find(
    ({ addresses }) =>
      !isUnknown(address) &&
      !isUnknown(addresses) &&
      addresses.first === address.first &&
      addresses.last === address.last,
  );
  if (machine !== undefined) return { kind: "machine", path: machine.path, machine };
  return { kind: "elsewhere", path: words };
}
