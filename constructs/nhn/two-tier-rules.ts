import type { Cidr } from "../core/cidr";
import { NetworkAclRules } from "../core/network-acl-rules";
import { Peer } from "../core/peer";
import { Port } from "../core/port";
import type { SubnetRules } from "./network-acl";

/** Who may open what in a network of two tiers. */
export interface TwoTierTraffic {
  readonly publicCidr: Cidr;
  readonly privateCidr: Cidr;
  readonly administrators: readonly Peer[];
  /** @default - HTTP and HTTPS */
  readonly publicPorts?: readonly Port[];
  /** @default - nothing */
  readonly privatePorts?: readonly Port[];
}

/** Where the numbers of each subnet's rules begin: room for 6,000 in each. */
const PLACES = { public: 1_000, private: 8_000 } as const;

const EVERYTHING = [Port.ALL_TCP, Port.ALL_UDP, Port.ALL_ICMP];

/**
 * The rules in front of both subnets: what passes at most. Security groups say which machine it is for.
 *
 * Everything is allowed as TCP, UDP and ICMP, each by itself: the answers to "all traffic" would be all traffic, and the
 * other subnet could be reached by them. Answers to TCP and UDP go to the ports that clients have, 1024 and up; that much
 * stateless rules cannot help letting through, and security groups stand behind them.
 *
 * Numbers: 100 and up for the other subnet, 200 and up for what machines open outside, 300 and up for administrators, 500 and up
 * for ports, each in the order given, so that what is added at the end moves nothing.
 */
export function twoTierRules(traffic: TwoTierTraffic): { readonly public: SubnetRules; readonly private: SubnetRules } {
  const { publicCidr, privateCidr, administrators } = traffic;
  const { publicPorts = [Port.HTTP, Port.HTTPS], privatePorts = [] } = traffic;
  const bastion = administrators.reduce(
    (rules, peer, n) => rules.allowInbound(300 + 2 * n, peer, Port.SSH),
    outbound(Peer.ipv4(privateCidr), EVERYTHING),
  );
  const administered = outbound(Peer.ipv4(publicCidr), [Port.SSH]);
  return {
    public: {
      cidr: publicCidr,
      from: PLACES.public,
      rules: publicPorts.reduce((rules, port, n) => rules.allowInbound(500 + 2 * n, Peer.anyIpv4(), port), bastion),
    },
    private: {
      cidr: privateCidr,
      from: PLACES.private,
      rules: privatePorts.reduce(
        (rules, port, n) => rules.allowInbound(500 + 2 * n, Peer.ipv4(publicCidr), port),
        administered,
      ),
    },
  };
}

/** What the other subnet may open; anything out, with its answers. */
function outbound(other: Peer, ports: readonly Port[]): NetworkAclRules {
  const opened = ports.reduce(
    (rules, port, n) => rules.allowInbound(100 + 10 * n, other, port),
    NetworkAclRules.none(),
  );
  return EVERYTHING.reduce((rules, port, n) => rules.allowOutbound(200 + 10 * n, Peer.anyIpv4(), port), opened);
}
