import { Cidr } from "./cidr";
import { parseIpv6Block } from "./ipv6";
import { PER001 } from "./rules";
import { isToken, literalOf } from "./token";

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

  /** A block of IPv4 addresses, also with values that are known only at apply: `${address.publicIp}/32`. */
  static ipv4(block: Cidr | string): Peer {
    if (typeof block === "string" && isToken(block)) return new Peer("ipv4", checkedToken(block, "ipv4"));
    const cidr = typeof block === "string" ? Cidr.parse(block) : block;
    if (cidr.prefix === 0)
      throw PER001.violation({ given: `Peer.ipv4("${cidr.toString()}")`, fix: "use Peer.anyIpv4()" });
    return new Peer("ipv4", cidr.toString(), cidr);
  }

  /** A block of IPv6 addresses such as `2001:db8::/32`, also with values that are known only at apply. */
  static ipv6(block: string): Peer {
    if (isToken(block)) return new Peer("ipv6", checkedToken(block, "ipv6"));
    const parsed = parseIpv6Block(block);
    if (parsed === undefined)
      throw PER001.violation({ given: `Peer.ipv6("${block}")`, fix: "write a block such as 2001:db8::/32" });
    if (parsed.prefix === 0) throw PER001.violation({ given: `Peer.ipv6("${block}")`, fix: "use Peer.anyIpv6()" });
    if (!parsed.startsAtFirstAddress)
      throw PER001.violation({ given: `Peer.ipv6("${block}") has host bits set`, fix: `write ${parsed.text}` });
    return new Peer("ipv6", parsed.text);
  }

  /** A managed prefix list of the cloud or the account, by its id. */
  static prefixList(id: string): Peer {
    return new Peer("prefix-list", checkedId(id, "prefixList"));
  }

  /** The members of a security group, by its id. */
  static group(id: string): Peer {
    return new Peer("group", checkedId(id, "group"));
  }

  private constructor(
    /** Kind of peer. */
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

  /** The peer as text. */
  toString(): string {
    return this.value;
  }
}

/** Characters that may surround a token in a block. */
const AROUND_TOKEN = { ipv4: /^[\d./]*$/, ipv6: /^[\da-f:./]*$/i };

/** A block with tokens cannot be parsed, but its other characters can be checked. */
function checkedToken(block: string, kind: keyof typeof AROUND_TOKEN): string {
  if (AROUND_TOKEN[kind].test(literalOf(block))) return block;
  throw PER001.violation({
    given: `Peer.${kind}("${block}")`,
    fix: "use one block: the characters around a token are part of it",
  });
}

/** Ids of all clouds consist of letters, digits, hyphens and underscores; the path of another account precedes with a slash. */
function checkedId(id: string, kind: "group" | "prefixList"): string {
  if (/^[\w/-]*$/.test(literalOf(id)) && id !== "") return id;
  throw PER001.violation({ given: `Peer.${kind}("${id}")`, fix: "use the id of the resource, not its name or ARN" });
}
