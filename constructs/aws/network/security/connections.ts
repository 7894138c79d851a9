import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { GroupConnections, type GroupRule } from "../../../core/connections";
import type { Peer } from "../../../core/peer";
import { escapeTerraform, isToken, literalOf } from "../../../core/token";
import { SECURITY_GROUP_DESCRIPTION } from "../../limits";
import { resourceId } from "../../resource-id";
import { SEC001, SEC002, SEC003 } from "../rules";

/** A resource that security group rules can refer to: a machine, a load balancer, a security group. */
export interface IConnectable {
  /** Rules of its security group. */
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
      description: escapeTerraform(description),
      ipProtocol: port.protocol === "all" ? "-1" : port.protocol,
      ...(port.protocol === "all" ? {} : { fromPort: port.from, toPort: port.to }),
      ...target(peer),
    });
  }

  private check({ description, exposure, peer, repetition }: GroupRule): void {
    const at = this.group;
    if (exposure !== undefined)
      throw SEC001.violation({
        at,
        given: exposure,
        fix: "specify the block of the administrators, or use Session Manager, which needs no open port",
      });
    checkDescription(description, at);
    checkPeer(peer, at);
    if (repetition !== undefined) throw SEC003.violation({ at, given: repetition, fix: "remove one of the two" });
  }
}

function checkDescription(description: string, at: Construct): void {
  const { minLength, maxLength, character, characters } = SECURITY_GROUP_DESCRIPTION;
  const literal = literalOf(description);
  const isLengthValid = isToken(description) || (literal.length >= minLength && literal.length <= maxLength);
  if (!isLengthValid || ![...literal].every((one) => character.test(one)))
    throw SEC002.violation({
      at,
      given: `description "${description}"`,
      fix: `use ${minLength} to ${maxLength} ${characters}`,
    });
}

/** Members of another account's group have the account in front: `111122223333/sg-…`. */
function checkPeer({ kind, value }: Peer, at: Construct): void {
  if (kind === "group") resourceId(value.replace(/^\d{12}\//, ""), "security group", at);
  if (kind === "prefix-list") resourceId(value, "prefix list", at);
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
