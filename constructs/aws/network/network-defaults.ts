import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { Name } from "../../core/name";

/**
 * Takes over what AWS puts into every VPC unasked, and empties it: the security group whose members reach each other,
 * the network ACL that lets everything through, and the main route table. Whatever somebody puts there by oversight
 * has no connection at all, which is noticed at once, instead of too much, which is not. Made by `Network`.
 */
export class NetworkDefaults extends Construct {
  constructor(scope: Construct, id: string, vpc: Vpc) {
    super(scope, id);
    const tags = { Name: `${Name.of(this).toString()}-unused` };
    new DefaultSecurityGroup(this, "SecurityGroup", { vpcId: vpc.id, tags });
    new DefaultRouteTable(this, "RouteTable", { defaultRouteTableId: vpc.defaultRouteTableId, route: [], tags });
    new DefaultNetworkAcl(this, "NetworkAcl", {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      tags,
      // AWS moves a subnet here whenever its own ACL goes; without this each such moment is drift.
      lifecycle: { ignoreChanges: ["subnet_ids"] },
    });
  }
}
