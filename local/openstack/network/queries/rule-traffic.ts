import { parseAddress } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { SecurityGroupRule } from "../models";

/** Protocols that Neutron knows by name. Source: neutron-lib, constants.IP_PROTOCOL_MAP; the numbers are IANA's. */
const PROTOCOLS: Readonly<Record<string, number>> = {
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  egp: 8,
  udp: 17,
  dccp: 33,
  "ipv6-encap": 41,
  "ipv6-route": 43,
  "ipv6-frag": 44,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  "ipv6-icmp": 58,
  icmpv6: 58,
  "ipv6-nonxt": 59,
  "ipv6-opts": 60,
  ospf: 89,
  vrrp: 112,
  pgm: 113,
  sctp: 132,
  udplite: 136,
};

const ICMP = 1;
const ICMP_V6 = 58;
/** Protocols of IPv6 only. */
const OF_IPV6 = [41, 43, 44, ICMP_V6, 59, 60];

type Traffic = Partial<
  Pick<SecurityGroupRule, "ethertype" | "protocol" | "port_range_min" | "port_range_max" | "remote_ip_prefix">
>;

/** Number of a protocol; `null` for all protocols. Rejects an unknown name. */
export function protocolNumber(protocol: string | null): number | null {
  if (protocol === null || protocol === "any") return null;
  const number = /^\d{1,3}$/.test(protocol) ? Number(protocol) : PROTOCOLS[protocol.toLowerCase()];
  if (number === undefined || number > 255)
    throw badRequest(
      `Security group rule protocol ${protocol} not supported. Only protocol values ${Object.keys(PROTOCOLS).join(", ")} and integers from 0 to 255 are supported.`,
      "SecurityGroupRuleInvalidProtocol",
    );
  return number;
}

/** Rejects traffic that Neutron cannot filter. */
export function rejectInvalidTraffic({ ethertype = "IPv4", protocol = null, ...rule }: Traffic): void {
  const number = protocolNumber(protocol);
  const { remote_ip_prefix: prefix, port_range_min: minimum, port_range_max: maximum } = rule;
  if (ethertype === "IPv4") rejectIpv6Protocol(number, protocol);
  if (typeof prefix === "string") rejectInvalidPrefix(prefix, ethertype);
  if (typeof minimum === "number" || typeof maximum === "number")
    rejectInvalidRange(number, minimum ?? null, maximum ?? null);
}

function rejectIpv6Protocol(number: number | null, protocol: string | null): void {
  if (number !== null && OF_IPV6.includes(number))
    throw badRequest(
      `Invalid ethertype IPv4 for protocol ${protocol ?? ""}.`,
      "SecurityGroupEthertypeConflictWithProtocol",
    );
}

/** A single address gets the prefix /32; host bits of blocks are kept. */
export function withPrefix(prefix: string): string {
  return prefix.includes("/") ? prefix : `${prefix}/${prefix.includes(":") ? 128 : 32}`;
}

function rejectInvalidPrefix(prefix: string, ethertype: string): void {
  if (prefix.includes(":") !== (ethertype === "IPv6"))
    throw badRequest(
      `Conflicting value ethertype ${ethertype} for CIDR ${prefix}`,
      "SecurityGroupRuleParameterConflict",
    );
  if (ethertype === "IPv6") return;
  const [address = "", length = ""] = withPrefix(prefix).split("/");
  if (parseAddress(address) === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32)
    throw badRequest(`'${prefix}' is not a valid CIDR.`, "InvalidCIDR");
}

/** ICMP uses the fields for its type and code, which have no order. */
function rejectInvalidRange(protocol: number | null, minimum: number | null, maximum: number | null): void {
  if (protocol === null) throw badRequest("ports need a protocol", "SecurityGroupProtocolRequiredWithPorts");
  if (protocol === ICMP || protocol === ICMP_V6) rejectInvalidIcmp(minimum, maximum);
  else rejectInvalidPorts(minimum, maximum);
}

function rejectInvalidPorts(minimum: number | null, maximum: number | null): void {
  for (const port of [minimum, maximum])
    if (port !== null && (port < 1 || port > 65_535))
      throw badRequest(`Invalid value for port ${port}`, "SecurityGroupInvalidPortValue");
  if (minimum === null || maximum === null || minimum > maximum)
    throw badRequest(
      "For TCP/UDP protocols, port_range_min must be <= port_range_max",
      "SecurityGroupInvalidPortRange",
    );
}

function rejectInvalidIcmp(type: number | null, code: number | null): void {
  for (const [name, value] of [
    ["type (port_range_min)", type],
    ["code (port_range_max)", code],
  ] as const)
    if (value !== null && (value < 0 || value > 255))
      throw badRequest(
        `Invalid value for ICMP ${name} ${value}. It must be 0 to 255.`,
        "SecurityGroupInvalidIcmpValue",
      );
  if (type === null)
    throw badRequest(
      "ICMP code (port-range-max) is provided but ICMP type is missing.",
      "SecurityGroupMissingIcmpType",
    );
}
