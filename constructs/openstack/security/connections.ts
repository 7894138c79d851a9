import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { GroupConnections, type GroupRule } from "../../core/connections";
import { Port } from "../../core/port";
import { checkedText } from "../../core/text-rule";
import { isToken } from "../../core/token";
import { OBJECT_DESCRIPTION } from "../limits";
import { OST006, OST007, OST008, OST031 } from "../rules";

/** A resource that security group rules can reference: a machine, a load balancer, a security group. */
export interface IConnectable {
  /** Rules of its security group. */
  readonly connections: Connections;
}

/**
 * Adds rules to a security group. Each rule is a resource of its own with a description, so that a change of one rule does not affect
 * the others.
 *
 * Errors: OST006 for an administration port open to the internet, OST007 for an invalid description, OST008 for a duplicate rule and
 * for a prefix list.
 *
 * @example
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 * database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
 */
export class Connections extends GroupConnections<Connections> implements IConnectable {
  private readonly created: NetworkingSecgroupRuleV2[] = [];

  /** The group's rules so far. A member depends on them, so that they are in force when it starts. */
  get rules(): readonly NetworkingSecgroupRuleV2[] {
    return this.created;
  }

  protected createRule(rule: GroupRule): void {
    this.check(rule);
    const { id, direction, description } = rule;
    const resource = new NetworkingSecgroupRuleV2(this.group, id, {
      securityGroupId: this.securityGroupId,
      direction: direction === "from" ? "ingress" : "egress",
      description: checkedText(description, OBJECT_DESCRIPTION, this.group),
      ...traffic(rule.port),
      ...target(rule),
    });
    this.created.push(resource);
  }

  private check({ peer, port, description, exposure, repetition }: GroupRule): void {
    const at = this.group;
    if (port.protocol === "icmpv6" && peer.kind === "ipv4")
      throw OST031.violation({ at, given: `ICMPv6 from ${peer.value}`, fix: "use Port.ALL_ICMP, or a block of IPv6" });
    if (exposure !== undefined)
      throw OST006.violation({
        at,
        given: exposure,
        fix: "name the block that your administrators connect from, or use a bastion",
      });
    if (!isToken(description) && (description === "" || [...description].length > OBJECT_DESCRIPTION.maxLength))
      throw OST007.violation({
        at,
        given: `description "${description.slice(0, 40)}" of ${description.length} characters`,
        fix: "describe the purpose of the rule in 1 to 255 characters",
      });
    if (repetition !== undefined) throw OST008.violation({ at, given: repetition, fix: "remove one of the two" });
    if (peer.kind === "prefix-list")
      throw OST008.violation({ at, given: `prefix list ${peer.value}`, fix: "use its blocks one by one" });
  }
}

function target({ peer, port }: GroupRule): { ethertype: string; remoteGroupId?: string; remoteIpPrefix?: string } {
  const ethertype = peer.kind === "ipv6" || port.protocol === "icmpv6" ? "IPv6" : "IPv4";
  return peer.kind === "group" ? { ethertype, remoteGroupId: peer.value } : { ethertype, remoteIpPrefix: peer.value };
}

/** Arguments of the rule resource. Neutron rejects port 0; a protocol without ports means all ports. */
function traffic(port: Port): { protocol?: string; portRangeMin?: number; portRangeMax?: number } {
  if (port.protocol === "all") return {};
  const protocol = port.protocol === "icmpv6" ? "ipv6-icmp" : port.protocol;
  if (port.from === -1 || port.contains(port.protocol === "tcp" ? Port.ALL_TCP : Port.ALL_UDP)) return { protocol };
  return { protocol, portRangeMin: Math.max(port.from, 1), portRangeMax: port.to };
}
