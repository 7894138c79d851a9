import { FwGroupV2 } from "@cdktf/provider-openstack/lib/fw-group-v2";
import { FwPolicyV2 } from "@cdktf/provider-openstack/lib/fw-policy-v2";
import { FwRuleV2 } from "@cdktf/provider-openstack/lib/fw-rule-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import type { Port as Traffic } from "../../core/port";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import { demandService } from "../demand-service";
import { OST008 } from "../rules";
import type { Router } from "./router";

/** One rule of a firewall group, looked at in the order in which they are given. */
export interface FirewallRule {
  /** What it is about: key of the rule, a noun such as `web`. */
  readonly name: string;
  readonly action: "allow" | "deny";
  readonly from: Peer;
  readonly to: Peer;
  readonly traffic: Traffic;
}

export interface FirewallGroupProps {
  /** Router at whose interfaces the rules stand. */
  readonly router: Router;
  /** What may come into the subnets. What no rule allows does not pass. */
  readonly inbound: readonly FirewallRule[];
  /** What may leave them. */
  readonly outbound: readonly FirewallRule[];
  /**
   * The cloud it stands in.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/**
 * Defines rules at the interfaces of a router, before anything of a subnet is reached: a second fence besides security groups,
 * for clouds that have Neutron's firewall service. It keeps state, unlike a network ACL.
 *
 * Creates one resource for each rule, two policies, and the group. Free of charge on most clouds.
 *
 * Errors: OST008, OST016.
 *
 * @example
 * new FirewallGroup(this, "Firewall", { router, outbound: [], inbound: [
 *   { name: "web", action: "allow", from: Peer.anyIpv4(), to: Peer.ipv4(subnet.cidr), traffic: Port.HTTPS },
 * ] });
 */
export class FirewallGroup extends Construct {
  readonly firewallGroupId: string;

  constructor(scope: Construct, id: string, props: FirewallGroupProps) {
    super(scope, id);
    demandService(this, props.cloud ?? OPENSTACK, "firewall groups", "leave it to security groups");
    const group = new FwGroupV2(this, "Resource", {
      name: Name.of(this).toString(),
      ports: [...props.router.portIds],
      ingressFirewallPolicyId: this.addPolicy("inbound", props.inbound),
      egressFirewallPolicyId: this.addPolicy("outbound", props.outbound),
    });
    this.node.defaultChild = group;
    this.firewallGroupId = group.id;
  }

  private addPolicy(direction: string, rules: readonly FirewallRule[]): string {
    const scope = new Construct(this, direction);
    const made = rules.map((rule) => {
      if (scope.node.tryFindChild(rule.name) !== undefined)
        throw OST008.violation({ at: scope, given: `rule "${rule.name}" twice`, fix: "give one another name" });
      return new FwRuleV2(scope, rule.name, {
        name: `${Name.of(scope).toString()}-${rule.name}`,
        action: rule.action,
        ipVersion: 4,
        ...addresses(scope, rule),
        ...traffic(rule.traffic),
      });
    });
    return new FwPolicyV2(scope, "Resource", { name: Name.of(scope).toString(), rules: made.map((rule) => rule.id) })
      .id;
  }
}

/** Blocks of both ends. The service takes 0.0.0.0/0 for the end that nothing is said about. */
function addresses(at: Construct, { from, to, name }: FirewallRule): Record<string, string> {
  if ([from, to].some(({ kind }) => kind !== "ipv4"))
    throw OST008.violation({ at, given: `rule "${name}" from ${from.value} to ${to.value}`, fix: "use IPv4 blocks" });
  return { sourceIpAddress: from.value, destinationIpAddress: to.value };
}

function traffic(port: Traffic): Record<string, string> {
  if (port.protocol === "all") return { protocol: "any" };
  if (port.from === -1) return { protocol: port.protocol };
  const range = port.from === port.to ? String(port.from) : `${Math.max(port.from, 1)}:${port.to}`;
  return { protocol: port.protocol, destinationPort: range };
}
