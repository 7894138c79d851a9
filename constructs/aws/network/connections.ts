import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { GroupRule } from "../../core/connections";
import { GroupConnections } from "../../core/connections";
import type { Peer } from "../../core/peer";
import { isToken } from "../../core/token";
import { SEC001, SEC002, SEC003 } from "./rules";

/** Something that security group rules can name: a machine, a load balancer, a security group. */
export interface IConnectable {
  readonly connections: Connections;
}

/**
 * Opens ways to and from a security group. Each rule is a resource of its own with a description, so that changing one
 * touches no other.
 *
 * Errors: SEC001 for an administration port open to the internet, SEC002 for a description that AWS refuses,
 * SEC003 for a rule that exists.
 *
 * @example
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 * database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
 */
export class Connections extends GroupConnections<Connections> implements IConnectable {
  protected make(rule: GroupRule): void {
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
        ...{ at, given: exposure },
        fix: "name the block your administrators come from, or use Session Manager and open nothing",
      });
    if (!isToken(description) && !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description))
      throw SEC002.violation({
        ...{ at, given: `description "${description}"` },
        fix: "say in plain letters what the rule is for, in at most 255 characters",
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
