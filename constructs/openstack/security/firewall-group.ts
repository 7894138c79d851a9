import { FwGroupV2 } from "@groundwork/provider-openstack/lib/fw-group-v2";
import { FwPolicyV2 } from "@groundwork/provider-openstack/lib/fw-policy-v2";
import { FwRuleV2 } from "@groundwork/provider-openstack/lib/fw-rule-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import type { Port as Traffic } from "../../core/port";
import { derivedText } from "../../core/text-rule";
import { checkChildId } from "../child-id";
import { type Cloud, OPENSTACK } from "../cloud";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import type { Router } from "../network/router";
import { requireService } from "../require-service";
import { OST008 } from "../rules";

/** A rule of a firewall group. Rules are evaluated in the given order. */
export interface FirewallRule {
  /** Key of the rule, a noun such as `web`. */
  readonly name: string;
  /** Whether the rule allows or denies. */
  readonly action: "allow" | "deny";
  /** Source of the traffic. */
  readonly from: Peer;
  /** Destination of the traffic. */
  readonly to: Peer;
  /** Protocol and ports. */
  readonly traffic: Traffic;
}

/** Properties of {@link FirewallGroup}. */
export interface FirewallGroupProps {
  /** Router whose interfaces the rules apply to. */
  readonly router: Router;
  /** Ingress rules of the router's subnets: `name`, `action`, `from`, `to`, `traffic`. Traffic without a matching rule is denied. */
  readonly inbound: readonly FirewallRule[];
  /** Egress rules of the router's subnets. Traffic without a matching rule is denied. */
  readonly outbound: readonly FirewallRule[];
  /**
   * Cloud of the router.
   * @default - standard OpenStack
   */
  readonly cloud?: Cloud;
}

/**
 * Defines firewall rules at the interfaces of a router, in addition to security groups, for clouds with Neutron's firewall service.
 * The rules are stateful, unlike those of a network ACL.
 *
 * Creates one resource for each rule, two policies, and the group. Cost: free of charge on most clouds.
 *
 * Errors: OST008, OST016, OST025.
 *
 * @example
 * new FirewallGroup(this, "Firewall", { router, outbound: [], inbound: [
 *   { name: "web", action: "allow", from: Peer.anyIpv4(), to: Peer.ipv4(subnet.cidr), traffic: Port.HTTPS },
 * ] });
 */
export class FirewallGroup extends Construct {
  /** Id of the firewall group. */
  readonly firewallGroupId: string;

  constructor(scope: Construct, id: string, props: FirewallGroupProps) {
    super(scope, id);
    requireService(this, props.cloud ?? OPENSTACK, "firewall groups", "use security groups instead");
    const group = new FwGroupV2(this, "Resource", {
      name: displayName(this, undefined, OBJECT_NAME),
      ports: [...props.router.portIds],
      ingressFirewallPolicyId: this.addPolicy("inbound", props.inbound),
      egressFirewallPolicyId: this.addPolicy("outbound", props.outbound),
    });
    this.node.defaultChild = group;
    this.firewallGroupId = group.id;
  }

  private addPolicy(direction: string, rules: readonly FirewallRule[]): string {
    const scope = new Construct(this, direction);
    const resources = rules.map((rule) => {
      checkChildId(scope, rule.name, "rule");
      return new FwRuleV2(scope, rule.name, {
        name: derivedText(`${Name.of(scope).toString()}-${rule.name}`, OBJECT_NAME),
        action: rule.action,
        ipVersion: 4,
        ...addresses(scope, rule),
        ...traffic(scope, rule),
      });
    });
    return new FwPolicyV2(scope, "Resource", {
      name: displayName(scope, undefined, OBJECT_NAME),
      rules: resources.map((rule) => rule.id),
    }).id;
  }
}

/** Blocks of both ends; 0.0.0.0/0 matches any address. */
function addresses(at: Construct, { from, to, name }: FirewallRule): Record<string, string> {
  if ([from, to].some(({ kind }) => kind !== "ipv4"))
    throw OST008.violation({ at, given: `rule "${name}" from ${from.value} to ${to.value}`, fix: "use IPv4 blocks" });
  return { sourceIpAddress: from.value, destinationIpAddress: to.value };
}

function traffic(at: Construct, { name, traffic: port }: FirewallRule): Record<string, string> {
  if (port.protocol === "icmpv6")
    throw OST008.violation({ at, given: `rule "${name}" for ICMPv6`, fix: "use Port.ALL_ICMP: rules are for IPv4" });
  if (port.protocol === "all") return { protocol: "any" };
  if (port.from === -1) return { protocol: port.protocol };
  const range = port.from === port.to ? String(port.from) : `${Math.max(port.from, 1)}:${port.to}`;
  return { protocol: port.protocol, destinationPort: range };
}
