import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { checkedText } from "../../../core/text-rule";
import { escapeTerraform } from "../../../core/token";
import { SECURITY_GROUP_DESCRIPTION, SECURITY_GROUP_NAME } from "../../limits";
import { resourceId } from "../../resource-id";
import { Connections, type IConnectable } from "./connections";

/** A security group, created here or existing. */
export interface ISecurityGroup extends IConnectable {
  /** Id of the security group. */
  readonly securityGroupId: string;
}

/** A network with its id. */
export interface NetworkReference {
  /** Id of the network. */
  readonly networkId: string;
}

/** Properties of {@link SecurityGroup}. */
export interface SecurityGroupProps {
  /** Network of the group. */
  readonly network: NetworkReference;
  /**
   * Description of the members, in the characters that AWS accepts: 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*.
   * AWS does not allow changes: the group keeps its first description, and a later one has no effect.
   */
  readonly description: string;
}

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
      readonly securityGroupId = resourceId(securityGroupId, "security group", this);
      readonly connections = new Connections(this, securityGroupId);
    }
    return new Import(scope, id);
  }

  /** Id of the security group. */
  readonly securityGroupId: string;
  /** Rules of its security group. */
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const name = Name.of(this).fit(SECURITY_GROUP_NAME);
    const resource = new SecurityGroupResource(this, "Resource", {
      vpcId: props.network.networkId,
      name: escapeTerraform(name),
      description: checkedText(props.description, SECURITY_GROUP_DESCRIPTION, this),
      tags: { Name: Name.of(this).tag() },
      // A replaced group is created before the old group is destroyed, because members still use the old group at that time. Names are
      // unique per network, so only another network may replace a group: a new description would, and is therefore ignored.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["description"] },
    });
    this.node.defaultChild = resource;
    this.securityGroupId = resource.id;
    this.connections = new Connections(this, resource.id);
  }
}
