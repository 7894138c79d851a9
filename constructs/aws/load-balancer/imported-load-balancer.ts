import { Construct } from "constructs";
import { SecurityGroup } from "../network/security/security-group";
import type { LoadBalancerAttributes } from "./application-load-balancer";
import type { ILoadBalancer } from "./load-balancer";

/** An existing load balancer, to which targets can be opened. */
export function importedLoadBalancer(scope: Construct, id: string, attributes: LoadBalancerAttributes): ILoadBalancer {
  class Import extends Construct implements ILoadBalancer {
    readonly dnsName = attributes.dnsName;
    readonly hostedZoneId = attributes.hostedZoneId;
    readonly connections = SecurityGroup.fromId(this, "SecurityGroup", attributes.securityGroupId).connections;
  }
  return new Import(scope, id);
}
