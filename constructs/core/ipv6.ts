import { IPv6 } from "ipaddr.js";

/** A prefix length from 0 to 128 without leading zeros. */
const BLOCK = /^([0-9a-f:.]+)\/(0|[1-9]\d?|1[01]\d|12[0-8])$/i;

/** A parsed block of IPv6 addresses. */
export interface Ipv6Block {
  /** Canonical notation of RFC 5952, as the clouds return it: another notation would be a permanent difference in the plan. */
  readonly text: string;
  readonly prefix: number;
  /** Whether the given address was the first address of the block. */
  readonly startsAtFirstAddress: boolean;
}

/** Whether a text is an IPv6 address, without a zone. */
export function isIpv6Address(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(":") && IPv6.isValid(text);
}

/** Parses a block of IPv6 addresses; undefined for anything else, also for IPv4 addresses in IPv6 notation (`::ffff:10.0.0.0/104`). */
export function parseIpv6Block(text: string): Ipv6Block | undefined {
  const [, address = "", prefix = ""] = BLOCK.exec(text) ?? [];
  if (!isIpv6Address(address) || IPv6.parse(address).isIPv4MappedAddress()) return undefined;
  const first = IPv6.networkAddressFromCIDR(text).toRFC5952String();
  return {
    text: `${first}/${prefix}`,
    prefix: Number(prefix),
    startsAtFirstAddress: IPv6.parse(address).toRFC5952String() === first,
  };
}
