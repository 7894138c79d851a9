import { Cidr } from "../core/cidr";
import type { HostPlan } from "../openstack/network/host-plan";
import { blockOf, checkedAddress } from "./address";
import { KPS012, KPS022 } from "./rules";

/**
 * Defines a run of IPv4 addresses, from the first to the last, both included. A value.
 *
 * @example
 * AddressRange.between("192.168.7.150", "192.168.7.160").size; // 11
 * AddressRange.planned(hosts, "services", 11);
 */
export class AddressRange {
  static between(first: string, last: string): AddressRange {
    const [from, to] = [first, last].map((address) => blockOf(checkedAddress("the end of a range", address))?.first);
    if (from === undefined || to === undefined)
      throw KPS022.violation({ given: `range ${first} to ${last}`, fix: "give addresses that are known now" });
    if (from > to)
      throw KPS012.violation({
        given: `range ${first} to ${last}, which runs downwards`,
        fix: `write ${last}-${first}`,
      });
    return new AddressRange(first, last, from, to);
  }

  /** The first addresses of a room: rooms of a plan share no address, so nobody else's is among them. */
  static planned(hosts: HostPlan, room: string, size: number): AddressRange {
    return AddressRange.between(hosts.address(room, 1), hosts.address(room, size));
  }

  /** Reads `first-last`, as MetalLB writes it. */
  static parse(text: string): AddressRange {
    const [first = "", last, ...more] = text.split("-");
    if (last === undefined || more.length > 0)
      throw KPS012.violation({
        given: `range "${text}"`,
        fix: "write first-last, such as 192.168.7.150-192.168.7.160",
      });
    return AddressRange.between(first, last);
  }

  private constructor(
    readonly first: string,
    readonly last: string,
    private readonly from: number,
    private readonly to: number,
  ) {}

  /** Number of addresses. */
  get size(): number {
    return this.to - this.from + 1;
  }

  /** Whether an address is one of them; not so for what only Terraform will know. */
  holds(address: string): boolean {
    const block = blockOf(address);
    return block !== undefined && block.first >= this.from && block.first <= this.to;
  }

  /** Whether all of them lie in a block. */
  liesIn(block: Cidr): boolean {
    return this.from >= block.first && this.to <= block.last;
  }

  /** Whether one of them lies in a block. */
  meets(block: Cidr): boolean {
    return this.from <= block.last && block.first <= this.to;
  }

  /** The fewest blocks that hold them and nothing else, in their order. */
  get blocks(): readonly Cidr[] {
    const blocks: Cidr[] = [];
    for (let next = this.from; next <= this.to;) {
      const block = largestAt(next, this.to);
      blocks.push(block);
      next = block.last + 1;
    }
    return blocks;
  }

  /** As MetalLB and the installer write it. */
  toString(): string {
    return `${this.first}-${this.last}`;
  }
}

/** The largest block that begins with an address and ends before another, or with it. */
function largestAt(first: number, last: number): Cidr {
  const blocks = Array.from({ length: 33 }, (_, prefix) => Cidr.containing(first, prefix));
  return blocks.find((block) => block.first === first && block.last <= last) ?? Cidr.containing(first, 32);
}
