import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { isIpv4Address } from "../../core/cidr";
import { isIpv6Address } from "../../core/ipv6";
import { Name } from "../../core/name";
import { isToken, isWholeToken } from "../../core/token";
import { type Violation, Violations } from "../../core/violation";
import { DHCP_SERVERS } from "../limits";
import { NET016 } from "./rules";

/** DHCP options of a network. */
export interface DhcpOptions {
  /**
   * Domain that completes short host names.
   * @default - the default domain of the region
   */
  readonly domainName?: string;
  /**
   * Addresses of name servers, at most four of IPv4 and four of IPv6; `AmazonProvidedDNS` is the resolver of the VPC.
   * @default - the resolver of the VPC
   */
  readonly domainNameServers?: readonly string[];
  /**
   * Addresses of time servers, at most four of IPv4 and four of IPv6.
   * @default - none: Amazon Linux and Ubuntu images use 169.254.169.123 in any case
   */
  readonly ntpServers?: readonly string[];
}

/** The resolver of the VPC, among name servers. */
const AMAZON_DNS = "AmazonProvidedDNS";

/** Defines the DHCP options of a network. Free of charge. Created by `Network`. */
export class DhcpOptionSet extends Construct {
  constructor(scope: Construct, id: string, networkId: string, options: DhcpOptions) {
    super(scope, id);
    const { domainName, domainNameServers = [AMAZON_DNS], ntpServers } = options;
    Violations.throwIfAny([
      ...domainViolations(this, domainName),
      ...serverViolations(this, "name server", domainNameServers),
      ...serverViolations(this, "time server", ntpServers ?? ["169.254.169.123"]),
    ]);
    const resource = new VpcDhcpOptions(this, "Resource", {
      domainNameServers: [...domainNameServers],
      ...defined({ domainName, ntpServers: ntpServers && [...ntpServers] }),
      tags: { Name: Name.of(this).tag() },
    });
    new VpcDhcpOptionsAssociation(this, "Association", { vpcId: networkId, dhcpOptionsId: resource.id });
    this.node.defaultChild = resource;
  }
}

function serverViolations(at: Construct, kind: string, servers: readonly string[]): Violation[] {
  const isNamed = (server: string) => isWholeToken(server) || (kind === "name server" && server === AMAZON_DNS);
  const invalid = servers
    .filter((server) => !isNamed(server) && !isIpv4Address(server) && !isIpv6Address(server))
    .map((server) => NET016.violation({ at, given: `${kind} "${server}"`, fix: "use an address such as 10.0.0.2" }));
  const most = Math.max(
    servers.filter(isIpv6Address).length,
    servers.filter((server) => !isIpv6Address(server)).length,
  );
  const given = servers.length === 0 ? `no ${kind}` : `${servers.length} ${kind}s`;
  return servers.length === 0 || most > DHCP_SERVERS || new Set(servers).size < servers.length
    ? [...invalid, NET016.violation({ at, given, fix: `list one to ${DHCP_SERVERS} addresses, each once` })]
    : invalid;
}

/** Some systems accept several domains, separated by spaces. */
function domainViolations(at: Construct, domain: string | undefined): Violation[] {
  const label = "[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?";
  const name = `${label}(\\.${label})*\\.?`;
  if (domain === undefined || isToken(domain) || new RegExp(`^${name}( ${name})*$`).test(domain)) return [];
  return [NET016.violation({ at, given: `domain "${domain}"`, fix: "use a domain such as corp.example.com" })];
}
