import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import type { GroupRule } from "../../core/connections";
import { GroupConnections } from "../../core/connections";
import { Port } from "../../core/port";
import { isToken } from "../../core/token";
import { OST006, OST007, OST008 } from "../rules";

/** Something that security group rules can name: a machine, a load balancer, a security group. */
export interface IConnectable {
  readonly connections: Connections;
}

/**
 * Opens ways to and from a security group. Each rule is a resource of its own with a description, so that changing one
 * touches no other.
 *
 * Errors: OST006 for an administration port open to the internet, OST007 for a description that clouds refuse,
 * OST008 for a rule that exists and for a list of prefixes.
 *
 * @example
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 * database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
 */
export class Connections extends GroupConnections<Connections> implements IConnectable {
  private readonly made: NetworkingSecgroupRuleV2[] = [];

  /** The group's rules so far, which a member should find in force when it starts. */
  get rules(): readonly NetworkingSecgroupRuleV2[] {
    return this.made;
  }

  protected make(rule: GroupRule): void {
    this.check(rule);
    const { id, direction, description } = rule;
    const made = new NetworkingSecgroupRuleV2(this.group, id, {
      securityGroupId: this.securityGroupId,
      direction: direction === "from" ? "ingress" : "egress",
      description,
      ...traffic(rule.port),
      ...target(rule),
    });
    this.made.push(made);
  }

  private check({ peer, description, exposure, repetition }: GroupRule): void {
    const at = this.group;
    if (exposure !== undefined)
      throw OST006.violation({
        ...{ at, given: exposure },
        fix: "name the block your administrators come from, or let them come through a bastion",
      });
    if (!isToken(description) && (description === "" || description.length > 255))
      throw OST007.violation({
        ...{ at, given: `description "${description.slice(0, 40)}" of ${description.length} characters` },
        fix: "say what the rule is for, in at most 255 characters",
      });
    if (repetition !== undefined) throw OST008.violation({ at, given: repetition, fix: "remove one of the two" });
    if (peer.kind === "prefix-list")
      throw OST008.violation({ at, given: `prefix list ${peer.value}`, fix: "name its blocks one by one" });
  }
}

function target({ peer, port }: GroupRule): { ethertype: string; remoteGroupId?: string; remoteIpPrefix?: string } {
  const ethertype = peer.kind === "ipv6" || port.protocol === "icmpv6" ? "IPv6" : "IPv4";
  return peer.kind === "group" ? { ethertype, remoteGroupId: peer.value } : { ethertype, remoteIpPrefix: peer.value };
}

/** Neutron's words. It refuses port 0, and takes a protocol without ports for all of them. */
function traffic(port: Port): { protocol?: string; portRangeMin?: number; portRangeMax?: number } {
  if (port.protocol === "all") return {};
  const protocol = port.protocol === "icmpv6" ? "ipv6-icmp" : port.protocol;
  if (port.from === -1 || port.contains(port.protocol === "tcp" ? Port.ALL_TCP : Port.ALL_UDP)) return { protocol };
  return { protocol, portRangeMin: Math.max(port.from, 1), portRangeMax: port.to };
}
