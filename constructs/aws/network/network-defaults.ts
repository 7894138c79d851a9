import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { Name } from "../../core/name";

/**
 * Defines the default resources that AWS creates in every VPC, emptied: the security group whose members reach each other, the
 * network ACL that allows all traffic, and the main route table. A resource that is attached to them by mistake has no
 * connectivity, which is noticed at once, instead of too much access, which is not. Created by `Network`.
 */
export class NetworkDefaults extends Construct {
  constructor(scope: Construct, id: string, vpc: Vpc) {
    super(scope, id);
    const tags = { Name: Name.of(this).tag("-unused") };
    new DefaultSecurityGroup(this, "SecurityGroup", { vpcId: vpc.id, tags });
    new DefaultRouteTable(this, "RouteTable", { defaultRouteTableId: vpc.defaultRouteTableId, route: [], tags });
    new DefaultNetworkAcl(this, "NetworkAcl", {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      tags,
      // AWS associates a subnet with this ACL while its own ACL is replaced or destroyed; that is not drift.
      lifecycle: { ignoreChanges: ["subnet_ids"] },
    });
  }
}
