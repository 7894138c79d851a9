import { Peer } from "./peer";
import { Port } from "./port";

/** A rule of a network ACL. The peer `"network"` means every block of the network itself. */
export interface AclEntry {
  /** Direction of the traffic. */
  readonly direction: "ingress" | "egress";
  /** Number of the rule; lower numbers are evaluated first. */
  readonly number: number;
  /** Whether the rule allows or denies. */
  readonly action: "allow" | "deny";
  /** Source or destination; `network` for the network's own blocks. */
  readonly peer: Peer | "network";
  /** Ports of the traffic. */
  readonly port: Port;
  /** Whether the rule allows the return traffic of its pair. */
  readonly isReturn: boolean;
}

type Direction = AclEntry["direction"];

/** A deny rule that is evaluated before the return rule of a pair and blocks part of its traffic. */
export interface BlockedReturn {
  /** Rule that denies the replies. */
  readonly deny: AclEntry;
  /** Rule whose replies are denied. */
  readonly reply: AclEntry;
}

/**
 * Defines the stateless rules of a subnet in pairs: each allowed connection also has a rule for its return traffic.
 *
 * Both rules of a pair have the same number, in opposite directions. Return traffic of TCP and UDP uses the ports from 1024
 * up, which is the union of the ephemeral ranges of Linux, Windows, NAT gateways and load balancers.
 * A value object: each method returns a new set.
 *
 * @example NetworkAclRules.web().allowInbound(300, Peer.ipv4("203.0.113.0/24"), Port.SSH)
 */
export class NetworkAclRules {
  /** No rules: all traffic is denied. */
  static none(): NetworkAclRules {
    return new NetworkAclRules([]);
  }

  /** Traffic within the network only. */
  static networkOnly(): NetworkAclRules {
    return NetworkAclRules.none().allowNetwork(100);
  }

  /** Inbound: the network. Outbound: all connections. */
  static outbound(): NetworkAclRules {
    return NetworkAclRules.networkOnly()
      .allowOutbound(200, Peer.anyIpv4(), Port.ALL_TCP)
      .allowOutbound(210, Peer.anyIpv4(), Port.ALL_UDP)
      .allowOutbound(220, Peer.anyIpv4(), Port.ALL_ICMP);
  }

  /** Inbound: the network, and HTTP and HTTPS from the internet. Outbound: all connections. */
  static web(): NetworkAclRules {
    return NetworkAclRules.outbound()
      .allowInbound(230, Peer.anyIpv4(), Port.HTTP)
      .allowInbound(240, Peer.anyIpv4(), Port.HTTPS);
  }

  private constructor(
    /** Rules in the order of their evaluation. */
    readonly entries: readonly AclEntry[],
  ) {}

  /** Allows all traffic between the subnet and the network's own blocks. Uses one number per block of the network (AWS: up to five). */
  allowNetwork(number: number): NetworkAclRules {
    return this.with(number, "ingress", "network", Port.ALL, Port.ALL);
  }

  /** Allows connections that the peer opens, and their return traffic. */
  allowInbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.with(number, "ingress", peer, port, returnPort(port));
  }

  /** Allows connections that the subnet opens, and their return traffic. */
  allowOutbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.with(number, "egress", peer, port, returnPort(port));
  }

  /** Denies packets from a peer. */
  denyInbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.deny(number, "ingress", peer, port);
  }

  /** Denies packets to a peer. */
  denyOutbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.deny(number, "egress", peer, port);
  }

  /**
   * Return rules whose traffic is partly blocked by an earlier deny. A deny of all protocols is not reported: it is meant to
   * block the peer altogether.
   */
  get blockedReturns(): readonly BlockedReturn[] {
    const denies = this.entries.filter((entry) => entry.action === "deny" && entry.port.protocol !== "all");
    return this.entries
      .filter((entry) => entry.isReturn)
      .flatMap((reply) => denies.filter((deny) => blocks(deny, reply)).map((deny) => ({ deny, reply })));
  }

  private with(
    number: number,
    direction: Direction,
    peer: Peer | "network",
    port: Port,
    replyPort: Port,
  ): NetworkAclRules {
    const back = direction === "ingress" ? "egress" : "ingress";
    return new NetworkAclRules([
      ...this.entries,
      { direction, number, action: "allow", peer, port, isReturn: false },
      { direction: back, number, action: "allow", peer, port: replyPort, isReturn: true },
    ]);
  }

  private deny(number: number, direction: Direction, peer: Peer, port: Port): NetworkAclRules {
    return new NetworkAclRules([...this.entries, { direction, number, action: "deny", peer, port, isReturn: false }]);
  }
}

/** The destination ports of a connection's return traffic. */
export function returnPort(port: Port): Port {
  if (port.protocol === "tcp") return Port.EPHEMERAL_TCP;
  return port.protocol === "udp" ? Port.EPHEMERAL_UDP : port;
}

function blocks(deny: AclEntry, reply: AclEntry): boolean {
  return (
    deny.direction === reply.direction &&
    deny.number < reply.number &&
    peersOverlap(deny.peer, reply.peer) &&
    portsOverlap(deny.port, reply.port)
  );
}

function peersOverlap(peer: Peer | "network", other: Peer | "network"): boolean {
  if (peer === "network" || other === "network") return peer === other;
  if (peer.cidr !== undefined && other.cidr !== undefined) return peer.cidr.overlaps(other.cidr);
  return peer.isInternet || other.isInternet || peer.value === other.value;
}

/** Whether a deny, which never covers all protocols here, matches part of the return traffic. */
function portsOverlap(deny: Port, reply: Port): boolean {
  if (reply.protocol === "all") return true;
  return deny.protocol === reply.protocol && deny.from <= reply.to && reply.from <= deny.to;
}
