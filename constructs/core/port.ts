import { PRT001 } from "./rules";

/** Protocols that a rule can name. */
export type Protocol = "tcp" | "udp" | "icmp" | "icmpv6" | "all";

/** Ports on which machines are administered. Open to the world they are found within minutes. */
const ADMINISTRATION = [22, 23, 135, 445, 1433, 2375, 2379, 3306, 3389, 5432, 5900, 5985, 6379, 6443, 10250, 27017];

/**
 * Defines which traffic a rule is about: a protocol and, for TCP and UDP, a range of destination ports.
 *
 * @example Port.tcp(8080); Port.tcpRange(30000, 32767); Port.HTTPS; Port.ALL
 */
export class Port {
  static readonly SSH = Port.tcp(22);
  static readonly HTTP = Port.tcp(80);
  static readonly HTTPS = Port.tcp(443);
  static readonly DNS_TCP = Port.tcp(53);
  static readonly DNS_UDP = Port.udp(53);
  /** Ports that the far end of a connection answers to: what Linux, Windows, NAT gateways and load balancers use. */
  static readonly EPHEMERAL_TCP = Port.tcpRange(1024, 65535);
  static readonly EPHEMERAL_UDP = Port.udpRange(1024, 65535);
  static readonly ALL_TCP = Port.tcpRange(0, 65535);
  static readonly ALL_UDP = Port.udpRange(0, 65535);
  static readonly ALL_ICMP = new Port("icmp", -1, -1);
  static readonly ALL_ICMPV6 = new Port("icmpv6", -1, -1);
  /** Every protocol and port. */
  static readonly ALL = new Port("all", -1, -1);

  static tcp(port: number): Port {
    return new Port("tcp", port, port);
  }
  static tcpRange(from: number, to: number): Port {
    return new Port("tcp", from, to);
  }
  static udp(port: number): Port {
    return new Port("udp", port, port);
  }
  static udpRange(from: number, to: number): Port {
    return new Port("udp", from, to);
  }

  private constructor(
    readonly protocol: Protocol,
    /** First port; -1 where the protocol has none. */
    readonly from: number,
    /** Last port; -1 where the protocol has none. */
    readonly to: number,
  ) {
    const ported = protocol === "tcp" || protocol === "udp";
    const valid = [from, to].every((port) => Number.isInteger(port) && port >= 0 && port <= 65535) && from <= to;
    if (ported && !valid)
      throw PRT001.violation({ given: `${protocol} ${from} to ${to}`, fix: "use ports from 0 to 65535, lowest first" });
  }

  /** Whether all of the other's traffic is part of this. */
  contains(other: Port): boolean {
    if (this.protocol === "all") return true;
    return this.protocol === other.protocol && this.from <= other.from && this.to >= other.to;
  }

  /** The administration ports (SSH, RDP, databases, Kubernetes, ...) that this opens. */
  get administration(): readonly number[] {
    if (this.protocol === "all") return ADMINISTRATION;
    return this.protocol === "tcp" ? ADMINISTRATION.filter((port) => port >= this.from && port <= this.to) : [];
  }

  toString(): string {
    if (this.from === -1) return this.protocol;
    return `${this.protocol} ${this.from === this.to ? this.from : `${this.from}-${this.to}`}`;
  }
}
