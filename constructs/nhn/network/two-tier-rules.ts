import { NetworkAclRules } from "../../core/network-acl-rules";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import type { SubnetRules } from "../acl/network-acl";
import type { TwoTierNetworkProps } from "./two-tier-network";

/** Blocks and allowed ports of a two-tier network. */
type TwoTierTraffic = Omit<TwoTierNetworkProps, "api" | "cidr">;

/** Added to the rule numbers of each subnet; each subnet has a range of about 6,000 numbers. */
const FROM = { public: 1_000, private: 8_000 } as const;

const ALL_PORTS = [Port.ALL_TCP, Port.ALL_UDP, Port.ALL_ICMP];

/**
 * ACL rules of both subnets: the upper bound of the allowed traffic. Security groups restrict it per machine.
 *
 * "All traffic" is split into TCP, UDP and ICMP: the replies to a single rule for all protocols would be all traffic, which would
 * open the other subnet. Replies of TCP and UDP go to the client's ephemeral ports, 1024 and up. Stateless rules cannot avoid that;
 * security groups do.
 *
 * Numbers: from 100 for the other subnet, from 200 for egress, from 300 for administrators, from 500 for ports, each in the given
 * order, so that additions at the end move no existing rule.
 */
export function twoTierRules(traffic: TwoTierTraffic): { readonly public: SubnetRules; readonly private: SubnetRules } {
  const { publicCidr, privateCidr, administrators } = traffic;
  const { publicPorts = [Port.HTTP, Port.HTTPS], privatePorts = [] } = traffic;
  const bastion = administrators.reduce(
    (rules, peer, n) => rules.allowInbound(300 + 2 * n, peer, Port.SSH),
    outbound(Peer.ipv4(privateCidr), ALL_PORTS),
  );
  const administered = outbound(Peer.ipv4(publicCidr), [Port.SSH]);
  return {
    public: {
      cidr: publicCidr,
      from: FROM.public,
      rules: publicPorts.reduce((rules, port, n) => rules.allowInbound(500 + 2 * n, Peer.anyIpv4(), port), bastion),
    },
    private: {
      cidr: privateCidr,
      from: FROM.private,
      rules: privatePorts.reduce(
        (rules, port, n) => rules.allowInbound(500 + 2 * n, Peer.ipv4(publicCidr), port),
        administered,
      ),
    },
  };
}

/** Ingress of the given ports from the other subnet, and all egress. */
function outbound(other: Peer, ports: readonly Port[]): NetworkAclRules {
  const opened = ports.reduce(
    (rules, port, n) => rules.allowInbound(100 + 10 * n, other, port),
    NetworkAclRules.none(),
  );
  return ALL_PORTS.reduce((rules, port, n) => rules.allowOutbound(200 + 10 * n, Peer.anyIpv4(), port), opened);
}
