import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { Peer } from "../../core/peer";
import type { Port } from "../../core/port";
import { isToken } from "../../core/token";
import { SEC001, SEC002, SEC003 } from "./rules";

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
   * Errors: SEC001 for an administration port open to the internet, SEC002 for a description that AWS refuses,
   * SEC003 for a rule that exists.
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
      throw SEC003.violation({
        at: this.group,
        given: `"${description}" repeats ${direction} ${String(peer)} ${port.toString()}`,
        fix: "remove one of the two",
      });
    const Rule = direction === "from" ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    new Rule(this.group, id, {
      securityGroupId: this.securityGroupId,
      description,
      ipProtocol: port.protocol === "all" ? "-1" : port.protocol,
      ...(port.protocol === "all" ? {} : { fromPort: port.from, toPort: port.to }),
      ...target(isConnectable(peer) ? Peer.group(peer.connections.securityGroupId) : peer),
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

  private refuseOpenAdministration(peer: Peer | IConnectable, port: Port): void {
    if (isConnectable(peer) || !peer.isInternet || port.administration.length === 0) return;
    throw SEC001.violation({
      at: this.group,
      given: `${port.toString()} from ${peer.toString()} opens administration port ${port.administration.join(", ")} to the internet`,
      fix: "name the block your administrators come from, or use Session Manager and open nothing",
    });
  }

  private refuseDescription(description: string): void {
    if (isToken(description) || /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description)) return;
    throw SEC002.violation({
      at: this.group,
      given: `description "${description}"`,
      fix: "say in plain letters what the rule is for, in at most 255 characters",
    });
  }
}

function isConnectable(peer: Peer | IConnectable): peer is IConnectable {
  return "connections" in peer;
}

function target(peer: Peer): Record<string, string> {
  const argument = {
    ipv4: "cidrIpv4",
    ipv6: "cidrIpv6",
    group: "referencedSecurityGroupId",
    "prefix-list": "prefixListId",
  }[peer.kind];
  return { [argument]: peer.value };
}
