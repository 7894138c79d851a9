import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { GroupConnections, type GroupRule } from "../../../core/connections";
import type { Peer } from "../../../core/peer";
import { isToken } from "../../../core/token";
import { SEC001, SEC002, SEC003 } from "../rules";

/** A resource that security group rules can refer to: a machine, a load balancer, a security group. */
export interface IConnectable {
  readonly connections: Connections;
}

/**
 * Defines the connections of a security group. Each rule is a separate resource with a description, so that changing a rule
 * affects no other.
 *
 * Errors: SEC001 for an administration port open to the internet, SEC002 for a description that AWS does not accept,
 * SEC003 for a duplicate rule.
 *
 * @example
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 * database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
 */
export class Connections extends GroupConnections<Connections> implements IConnectable {
  protected createRule(rule: GroupRule): void {
    this.check(rule);
    const { id, direction, peer, port, description } = rule;
    const Rule = direction === "from" ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    new Rule(this.group, id, {
      securityGroupId: this.securityGroupId,
      description,
      ipProtocol: port.protocol === "all" ? "-1" : port.protocol,
      ...(port.protocol === "all" ? {} : { fromPort: port.from, toPort: port.to }),
      ...target(peer),
    });
  }

  private check({ description, exposure, repetition }: GroupRule): void {
    const at = this.group;
    if (exposure !== undefined)
      throw SEC001.violation({
        at,
        given: exposure,
        fix: "specify the block of the administrators, or use Session Manager, which needs no open port",
      });
    if (!isToken(description) && !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description))
      throw SEC002.violation({
        at,
        given: `description "${description}"`,
        fix: "use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
      });
    if (repetition !== undefined) throw SEC003.violation({ at, given: repetition, fix: "remove one of the two" });
  }
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
