import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { Connections, type IConnectable } from "./connections";

/** A security group, created here or existing. */
export interface ISecurityGroup extends IConnectable {
  readonly securityGroupId: string;
}

/** A network with its id. */
interface NetworkReference {
  readonly networkId: string;
}

export interface SecurityGroupProps {
  /** Network of the group. */
  readonly network: NetworkReference;
  /** Description of the members. AWS does not allow changes: another description replaces the group. */
  readonly description: string;
}

const NAME = { service: "security group", maxLength: 255, pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/ };

/**
 * Defines a stateful firewall for its members, closed in both directions until rules are added.
 *
 * Creates the group; each rule is a separate resource. Free of charge.
 *
 * @example
 * const web = new SecurityGroup(this, "Web", { network, description: "web servers" });
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /** An existing group. Rules can be added to it; its existing rules are not changed. */
  static fromId(scope: Construct, id: string, securityGroupId: string): ISecurityGroup {
    class Import extends Construct implements ISecurityGroup {
      readonly securityGroupId = securityGroupId;
      readonly connections = new Connections(this, securityGroupId);
    }
    return new Import(scope, id);
  }

  readonly securityGroupId: string;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const name = Name.of(this).fit(NAME);
    const resource = new SecurityGroupResource(this, "Resource", {
      vpcId: props.network.networkId,
      name,
      description: props.description,
      tags: { Name: name },
      // A replaced group is created before the old group is destroyed, because members still use the old group at that time.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = resource;
    this.securityGroupId = resource.id;
    this.connections = new Connections(this, resource.id);
  }
}
