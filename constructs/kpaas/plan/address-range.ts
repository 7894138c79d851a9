import { Cidr } from "../../core/cidr";
import type { HostPlan } from "../../openstack/network/host-plan";
import { KPS012, KPS022 } from "../rules";
import { blockOf, checkedAddress } from "./checks/address";

/**
 * Defines a range of IPv4 addresses, from the first to the last, both included. A value type.
 *
 * @example
 * AddressRange.between("192.168.7.150", "192.168.7.160").size; // 11
 * AddressRange.planned(hosts, "services", 11);
 */
export class AddressRange {
  /** The addresses from the first to the last, both included. */
  static between(first: string, last: string): AddressRange {
    const [from, to] = [first, last].map((address) => blockOf(checkedAddress("end of a range", address))?.first);
    if (from === undefined || to === undefined)
      throw KPS022.violation({ given: `range ${first} to ${last}`, fix: "give addresses that are known at synthesis" });
    if (from > to)
      throw KPS012.violation({
        given: `range ${first} to ${last}, which is descending`,
        fix: `write ${last}-${first}`,
      });
    return new AddressRange(first, last, from, to);
  }

  /** The first addresses of a kind of a host plan. Kinds share no address, so the range contains no machine of another kind. */
  static planned(hosts: HostPlan, kind: string, size: number): AddressRange {
    return AddressRange.between(hosts.address(kind, 1), hosts.address(kind, size));
  }

  /** Parses `first-last`, the notation of MetalLB. */
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
    /** First address. */
    readonly first: string,

    /** Last address. */
    readonly last: string,
    private readonly from: number,
    private readonly to: number,
  ) {}

  /** Number of addresses. */
  get size(): number {
    return this.to - this.from + 1;
  }

  /** Whether the range contains an address; false for a token. */
  contains(address: string): boolean {
    const block = blockOf(address);
    return block !== undefined && block.first >= this.from && block.first <= this.to;
  }

  /** Whether a block contains the whole range. */
  isWithin(block: Cidr): boolean {
    return this.from >= block.first && this.to <= block.last;
  }

  /** Whether a block contains an address of the range. */
  overlaps(block: Cidr): boolean {
    return this.from <= block.last && block.first <= this.to;
  }

  /** The smallest list of blocks that covers exactly the range, in ascending order. */
  get blocks(): readonly Cidr[] {
    const blocks: Cidr[] = [];
    for (let next = this.from; next <= this.to;) {
      const block = largestAt(next, this.to);
      blocks.push(block);
      next = block.last + 1;
    }
    return blocks;
  }

  /**
   * The largest part of the range that consists of at most `count` blocks. The smallest blocks of a range are at its ends, so
   * the part is continuous.
   */
  within(count: number): AddressRange {
    let [from, to, kept] = [this.from, this.to, this.blocks];
    for (let [first, last] = [kept[0], kept.at(-1)]; kept.length > count; [first, last] = [kept[0], kept.at(-1)]) {
      if (first === undefined || last === undefined) break;
      const isFirstSmaller = first.size < last.size;
      kept = isFirstSmaller ? kept.slice(1) : kept.slice(0, -1);
      if (isFirstSmaller) from = first.last + 1;
      else to = last.first - 1;
    }
    return AddressRange.between(dotted(from), dotted(to));
  }

  /** `first-last`, the notation of MetalLB and the installer. */
  toString(): string {
    return `${this.first}-${this.last}`;
  }
}

function dotted(address: number): string {
  return Cidr.containing(address, 32).address(0);
}

/** The largest block that starts at `first` and does not extend beyond `last`. */
function largestAt(first: number, last: number): Cidr {
  const blocks = Array.from({ length: 33 }, (_, prefix) => Cidr.containing(first, prefix));
  return blocks.find((block) => block.first === first && block.last <= last) ?? Cidr.containing(first, 32);
}
