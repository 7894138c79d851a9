import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import type { Construct } from "constructs";
import { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { isToken } from "../../core/token";
import { OST006, OST007, OST008 } from "../rules";

/** Something that security group rules can name: a machine, a load balancer, a security group. */
export interface IConnectable {
  readonly connections: Connections;
}

type Direction = "from" | "to";

/**
 * Opens ways to and from a security group. Each rule is a resource of its own with a description, so that changing one
 * touches no other.
 *
 * @example
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 * database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
 */
export class Connections implements IConnectable {
  constructor(
    /** The group's construct: rules become its children. */
    private readonly group: Construct,
    readonly securityGroupId: string,
  ) {}

  /** Itself, so that connections can be given where something connectable is asked for. */
  get connections(): this {
    return this;
  }

  /**
   * Lets a peer open connections to this group. When the peer is a group of ours, its way out is opened too.
   *
   * Errors: OST006 for an administration port open to the internet, OST007 for a description that clouds refuse,
   * OST008 for a rule that exists and for a list of prefixes.
   */
  allowFrom(peer: Peer | IConnectable, port: Port, description: string): void {
    this.rule("from", peer, port, description);
    if (isConnectable(peer)) peer.connections.rule("to", this, port, description);
  }

  /** Lets this group open connections to a peer. When the peer is a group of ours, its way in is opened too. */
  allowTo(peer: Peer | IConnectable, port: Port, description: string): void {
    this.rule("to", peer, port, description);
    if (isConnectable(peer)) peer.connections.rule("from", this, port, description);
  }

  /** Lets the members of this group reach each other. */
  allowWithin(port: Port, description: string): void {
    this.rule("from", this, port, description);
    this.rule("to", this, port, description);
  }

  private rule(direction: Direction, peer: Peer | IConnectable, port: Port, description: string): void {
    if (direction === "from") this.refuseOpenAdministration(peer, port);
    this.refuseDescription(description);
    const id = `${direction}-${this.peerKey(peer, description)}-${port.toString().replace(" ", "-")}`;
    if (this.group.node.tryFindChild(id) !== undefined)
      throw OST008.violation({
        at: this.group,
        given: `"${description}" repeats ${direction} ${String(peer)} ${port.toString()}`,
        fix: "remove one of the two",
      });
    new NetworkingSecgroupRuleV2(this.group, id, {
      securityGroupId: this.securityGroupId,
      direction: direction === "from" ? "ingress" : "egress",
      description,
      ...traffic(port),
      ...this.target(isConnectable(peer) ? Peer.group(peer.connections.securityGroupId) : peer, port),
    });
  }

  /** Rule ids are nouns: the peer's block, or the path of its construct; only ids known at apply need the description. */
  private peerKey(peer: Peer | IConnectable, description: string): string {
    if (isConnectable(peer)) {
      const other = peer.connections.group;
      return other === this.group ? "self" : other.node.path.replace(/[^\w.-]+/g, "-");
    }
    return (isToken(peer.value) ? description : peer.value).replace(/[^\w.:-]+/g, "-");
  }

  private target(peer: Peer, port: Port): { ethertype: string; remoteGroupId?: string; remoteIpPrefix?: string } {
    const isIpv6 = peer.kind === "ipv6" || port.protocol === "icmpv6";
    const ethertype = isIpv6 ? "IPv6" : "IPv4";
    if (peer.kind === "prefix-list")
      throw OST008.violation({ at: this.group, given: `prefix list ${peer.value}`, fix: "name its blocks one by one" });
    return peer.kind === "group" ? { ethertype, remoteGroupId: peer.value } : { ethertype, remoteIpPrefix: peer.value };
  }

  private refuseOpenAdministration(peer: Peer | IConnectable, port: Port): void {
    if (isConnectable(peer) || !peer.isInternet || port.administration.length === 0) return;
    throw OST006.violation({
      at: this.group,
      given: `${port.toString()} from ${peer.toString()} opens administration port ${port.administration.join(", ")} to the internet`,
      fix: "name the block your administrators come from, or let them come through a bastion",
    });
  }

  private refuseDescription(description: string): void {
    if (isToken(description) || (description !== "" && description.length <= 255)) return;
    throw OST007.violation({
      at: this.group,
      given: `description "${description.slice(0, 40)}" of ${description.length} characters`,
      fix: "say what the rule is for, in at most 255 characters",
    });
  }
}

function isConnectable(peer: Peer | IConnectable): peer is IConnectable {
  return "connections" in peer;
}

/** Neutron's words. It refuses port 0, and takes a protocol without ports for all of them. */
function traffic(port: Port): { protocol?: string; portRangeMin?: number; portRangeMax?: number } {
  if (port.protocol === "all") return {};
  const protocol = port.protocol === "icmpv6" ? "ipv6-icmp" : port.protocol;
  if (port.from === -1 || port.contains(port.protocol === "tcp" ? Port.ALL_TCP : Port.ALL_UDP)) return { protocol };
  return { protocol, portRangeMin: Math.max(port.from, 1), portRangeMax: port.to };
}
