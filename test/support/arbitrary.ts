import { Cidr } from "@groundwork/constructs/core/cidr";
import fc from "fast-check";

/** Any IPv4 block from /min to /max. */
export function anyCidr(min = 0, max = 32): fc.Arbitrary<Cidr> {
  return fc
    .tuple(fc.nat(0xffffffff), fc.integer({ min, max }))
    .map(([address, prefix]) => Cidr.containing(address, prefix));
}
