import type { Construct } from "constructs";
import { isIpv4Address } from "../../core/cidr";
import { isIpv6Address } from "../../core/ipv6";
import { isWholeToken } from "../../core/token";
import type { Cloud } from "../cloud";
import { OST026 } from "../rules";

/** Returns the name servers of a subnet, or rejects servers that Neutron does not accept. */
export function checkedDnsServers(at: Construct, servers: readonly string[], cloud: Cloud): string[] {
  const invalid = servers.find((server) => !isWholeToken(server) && !isIpv4Address(server) && !isIpv6Address(server));
  if (invalid !== undefined)
    throw OST026.violation({ at, given: `name server "${invalid}"`, fix: "use an address such as 10.0.0.2" });
  const twice = servers.find((server, index) => servers.indexOf(server) !== index);
  if (twice !== undefined)
    throw OST026.violation({ at, given: `name server ${twice} twice`, fix: "remove one of the two" });
  if (servers.length > cloud.dnsServers)
    throw OST026.violation({
      at,
      given: `${servers.length} name servers`,
      fix: `use at most ${cloud.dnsServers}, the maximum of ${cloud.name}`,
    });
  return [...servers];
}
