import { Peer } from "../../core/peer";
import { Port } from "../../core/port";

type Direction = "ingress" | "egress";

/** One line of a network ACL. `"network"` stands for every block of the network itself. */
export interface AclEntry {
  readonly direction: Direction;
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly peer: Peer | "network";
  readonly port: Port;
  /** Whether the line only lets the answers of its pair through. */
  readonly answers: boolean;
}

/**
 * Defines the stateless rules in front of a tier, written as pairs: what is let in is let answer.
 *
 * A pair has one number, which its opening rule has in one direction and the way back in the other. The way back of
 * TCP and UDP are the ports from 1024 up, because Linux, Windows, NAT gateways and load balancers between them use them all.
 * A value: each method returns a new set.
 *
 * @example NetworkAclRules.web().allowInbound(300, Peer.ipv4("203.0.113.0/24"), Port.SSH)
 */
export class NetworkAclRules {
  /** Nothing passes. */
  static none(): NetworkAclRules {
    return new NetworkAclRules([]);
  }

  /** The network itself, and nothing else. */
  static networkOnly(): NetworkAclRules {
    return NetworkAclRules.none().allowNetwork(100);
  }

  /** The network in; anything out, with its answers. */
  static outbound(): NetworkAclRules {
    return NetworkAclRules.networkOnly()
      .allowOutbound(200, Peer.anyIpv4(), Port.ALL_TCP)
      .allowOutbound(210, Peer.anyIpv4(), Port.ALL_UDP)
      .allowOutbound(220, Peer.anyIpv4(), Port.ALL_ICMP);
  }

  /** The network and the internet's HTTP and HTTPS in; anything out, with its answers. */
  static web(): NetworkAclRules {
    return NetworkAclRules.outbound()
      .allowInbound(230, Peer.anyIpv4(), Port.HTTP)
      .allowInbound(240, Peer.anyIpv4(), Port.HTTPS);
  }

  private constructor(readonly entries: readonly AclEntry[]) {}

  /** Everything between the subnet and the network's own blocks. Takes up five numbers, one for each block a VPC can have. */
  allowNetwork(number: number): NetworkAclRules {
    return this.with(number, "ingress", "network", Port.ALL, Port.ALL);
  }

  /** Connections that the peer opens, and their answers. */
  allowInbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.with(number, "ingress", peer, port, answerPort(port));
  }

  /** Connections that the subnet opens, and their answers. */
  allowOutbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.with(number, "egress", peer, port, answerPort(port));
  }

  /** Refuses packets from a peer. */
  denyInbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.deny(number, "ingress", peer, port);
  }

  /** Refuses packets to a peer. */
  denyOutbound(number: number, peer: Peer, port: Port): NetworkAclRules {
    return this.deny(number, "egress", peer, port);
  }

  private with(
    number: number,
    direction: Direction,
    peer: Peer | "network",
    port: Port,
    answer: Port,
  ): NetworkAclRules {
    const back = direction === "ingress" ? "egress" : "ingress";
    return new NetworkAclRules([
      ...this.entries,
      { direction, number, action: "allow", peer, port, answers: false },
      { direction: back, number, action: "allow", peer, port: answer, answers: true },
    ]);
  }

  private deny(number: number, direction: Direction, peer: Peer, port: Port): NetworkAclRules {
    return new NetworkAclRules([...this.entries, { direction, number, action: "deny", peer, port, answers: false }]);
  }
}

function answerPort(port: Port): Port {
  if (port.protocol === "tcp") return Port.EPHEMERAL_TCP;
  return port.protocol === "udp" ? Port.EPHEMERAL_UDP : port;
}
