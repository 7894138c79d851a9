import { PRT001 } from "./rules";

/** Protocols that a rule can name. */
export type Protocol = "tcp" | "udp" | "icmp" | "icmpv6" | "all";

/** Administration ports. Scanners find them within minutes when they are open to the internet. */
const ADMINISTRATION = [22, 23, 135, 445, 1433, 2375, 2379, 3306, 3389, 5432, 5900, 5985, 6379, 6443, 10250, 27017];

/**
 * Defines the traffic that a rule matches: a protocol and, for TCP and UDP, a range of destination ports.
 *
 * @example Port.tcp(8080); Port.tcpRange(30000, 32767); Port.HTTPS; Port.ALL
 */
export class Port {
  /** SSH, TCP 22. */
  static readonly SSH = Port.tcp(22);
  /** HTTP, TCP 80. */
  static readonly HTTP = Port.tcp(80);
  /** HTTPS, TCP 443. */
  static readonly HTTPS = Port.tcp(443);
  /** DNS over TCP, 53. */
  static readonly DNS_TCP = Port.tcp(53);
  /** DNS over UDP, 53. */
  static readonly DNS_UDP = Port.udp(53);
  /** Destination ports of return traffic: the union of the ephemeral ranges of Linux, Windows, NAT gateways and load balancers. */
  static readonly EPHEMERAL_TCP = Port.tcpRange(1024, 65535);
  /** Ports of replies over UDP, 1024 to 65535. */
  static readonly EPHEMERAL_UDP = Port.udpRange(1024, 65535);
  /** All TCP ports. */
  static readonly ALL_TCP = Port.tcpRange(0, 65535);
  /** All UDP ports. */
  static readonly ALL_UDP = Port.udpRange(0, 65535);
  /** All ICMP messages. */
  static readonly ALL_ICMP = new Port("icmp", -1, -1);
  /** All ICMPv6 messages. */
  static readonly ALL_ICMPV6 = new Port("icmpv6", -1, -1);
  /** Every protocol and port. */
  static readonly ALL = new Port("all", -1, -1);

  /** A TCP port. */
  static tcp(port: number): Port {
    return new Port("tcp", port, port);
  }
  /** TCP ports from the first to the last. */
  static tcpRange(from: number, to: number): Port {
    return new Port("tcp", from, to);
  }
  /** A UDP port. */
  static udp(port: number): Port {
    return new Port("udp", port, port);
  }
  /** UDP ports from the first to the last. */
  static udpRange(from: number, to: number): Port {
    return new Port("udp", from, to);
  }

  private constructor(
    /** Protocol. */
    readonly protocol: Protocol,
    /** First port; -1 for protocols without ports. */
    readonly from: number,
    /** Last port; -1 for protocols without ports. */
    readonly to: number,
  ) {
    const hasPorts = protocol === "tcp" || protocol === "udp";
    const valid = [from, to].every((port) => Number.isInteger(port) && port >= 0 && port <= 65535) && from <= to;
    if (hasPorts && !valid)
      throw PRT001.violation({
        given: `${protocol} ${from} to ${to}`,
        fix: "use ports from 0 to 65535 in ascending order",
      });
  }

  /** Whether this includes all traffic of the other. */
  contains(other: Port): boolean {
    if (this.protocol === "all") return true;
    return this.protocol === other.protocol && this.from <= other.from && this.to >= other.to;
  }

  /** The administration ports (SSH, RDP, databases, Kubernetes, ...) in this range. */
  get administration(): readonly number[] {
    if (this.protocol === "all") return ADMINISTRATION;
    return this.protocol === "tcp" ? ADMINISTRATION.filter((port) => port >= this.from && port <= this.to) : [];
  }

  /** Protocol and ports as text, `tcp 443`. */
  toString(): string {
    if (this.from === -1) return this.protocol;
    return `${this.protocol} ${this.from === this.to ? this.from : `${this.from}-${this.to}`}`;
  }
}
