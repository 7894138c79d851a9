import { Peer } from "./peer";
import { Port } from "./port";

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

/** A deny that stands before the answers of a pair and takes some of them away. */
export interface SwallowedAnswer {
  readonly deny: AclEntry;
  readonly answer: AclEntry;
}

/**
 * Defines the stateless rules in front of a subnet, written as pairs: what is let in is let answer.
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

  /** Everything between the subnet and the network's own blocks. Takes up a number for each block the network has (AWS: up to five). */
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

  /**
   * Answers that an earlier deny takes away in part. A deny of everything from a peer is no such case: it shuts the peer
   * out in both meanings.
   */
  get swallowedAnswers(): readonly SwallowedAnswer[] {
    const denies = this.entries.filter((entry) => entry.action === "deny" && entry.port.protocol !== "all");
    return this.entries
      .filter((entry) => entry.answers)
      .flatMap((answer) => denies.filter((deny) => swallows(deny, answer)).map((deny) => ({ deny, answer })));
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

/** The ports that the answers of a connection go to. */
export function answerPort(port: Port): Port {
  if (port.protocol === "tcp") return Port.EPHEMERAL_TCP;
  return port.protocol === "udp" ? Port.EPHEMERAL_UDP : port;
}

function swallows(deny: AclEntry, answer: AclEntry): boolean {
  return (
    deny.direction === answer.direction &&
    deny.number < answer.number &&
    samePeers(deny.peer, answer.peer) &&
    portsMeet(deny.port, answer.port)
  );
}

function samePeers(one: Peer | "network", other: Peer | "network"): boolean {
  if (one === "network" || other === "network") return one === other;
  if (one.cidr !== undefined && other.cidr !== undefined) return one.cidr.overlaps(other.cidr);
  return one.isInternet || other.isInternet || one.value === other.value;
}

/** Whether a deny, which is never about all protocols here, is about some of the answers. */
function portsMeet(deny: Port, answer: Port): boolean {
  if (answer.protocol === "all") return true;
  return deny.protocol === answer.protocol && deny.from <= answer.to && answer.from <= deny.to;
}
