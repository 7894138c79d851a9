import { Cidr } from "./cidr";
import { PER001 } from "./rules";
import { isToken } from "./token";

/**
 * Defines the remote end of a firewall rule.
 *
 * The whole internet has its own method, so that it is easy to find in a review or a search.
 *
 * @example Peer.ipv4("203.0.113.0/24"); Peer.anyIpv4()
 */
export class Peer {
  /** Every host on the internet, over IPv4: {@link anyIpv4} under the name that reachability queries use. */
  static internet(): Peer {
    return Peer.anyIpv4();
  }

  /** Every IPv4 address. */
  static anyIpv4(): Peer {
    return new Peer("ipv4", "0.0.0.0/0");
  }

  /** Every IPv6 address. */
  static anyIpv6(): Peer {
    return new Peer("ipv6", "::/0");
  }

  /** A block of IPv4 addresses, or a Terraform expression of one. */
  static ipv4(block: Cidr | string): Peer {
    if (typeof block === "string" && isToken(block)) return new Peer("ipv4", block);
    const cidr = typeof block === "string" ? Cidr.parse(block) : block;
    if (cidr.prefix === 0)
      throw PER001.violation({ given: `Peer.ipv4("${cidr.toString()}")`, fix: "use Peer.anyIpv4()" });
    return new Peer("ipv4", cidr.toString(), cidr);
  }

  /** A block of IPv6 addresses such as `2001:db8::/32`, or a Terraform expression of one. */
  static ipv6(block: string): Peer {
    if (isToken(block)) return new Peer("ipv6", block);
    if (!/^[0-9a-f:]+\/\d{1,3}$/i.test(block) || !block.includes(":") || /^[0:]+\/0$/.test(block))
      throw PER001.violation({
        given: `Peer.ipv6("${block}")`,
        fix: "write a block such as 2001:db8::/32, or use Peer.anyIpv6()",
      });
    return new Peer("ipv6", block.toLowerCase());
  }

  /** A managed prefix list of the cloud or the account, by its id. */
  static prefixList(id: string): Peer {
    return new Peer("prefix-list", id);
  }

  /** The members of a security group, by its id. */
  static group(id: string): Peer {
    return new Peer("group", id);
  }

  private constructor(
    readonly kind: "ipv4" | "ipv6" | "prefix-list" | "group",
    /** The block or id, in the notation of the clouds. */
    readonly value: string,
    /** The parsed block, for IPv4 blocks known at synthesis. */
    readonly cidr?: Cidr,
  ) {}

  /** Whether this is the whole internet. */
  get isInternet(): boolean {
    return this.value === "0.0.0.0/0" || this.value === "::/0";
  }

  toString(): string {
    return this.value;
  }
}
