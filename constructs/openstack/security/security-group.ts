import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { Construct } from "constructs";
import { checkedText } from "../../core/text-rule";
import { displayName } from "../display-name";
import { OBJECT_DESCRIPTION, SECURITY_GROUP_NAME } from "../limits";
import { OST030 } from "../rules";
import { Connections, type IConnectable } from "./connections";

/** A security group, created by this app or imported. */
export interface ISecurityGroup extends IConnectable {
  /** Id of the security group. */
  readonly securityGroupId: string;
}

/** Properties of {@link SecurityGroup}. */
export interface SecurityGroupProps {
  /** Description of the members of the group. */
  readonly description: string;
  /**
   * Whether all egress of the members is allowed. Otherwise each egress rule is a resource, and the provider needs five seconds to
   * destroy each of them.
   * @default false
   */
  readonly allowAllOutbound?: boolean;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a stateful firewall of its members. Without rules it denies all traffic; egress is allowed by rules or by `allowAllOutbound`.
 *
 * Creates the group without Neutron's default egress rules; each rule is a resource of its own. Cost: free of charge.
 *
 * Errors: OST006, OST007, OST008, OST030, TXT001.
 *
 * @example
 * const web = new SecurityGroup(this, "Web", { description: "web servers" });
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /** Imports an existing group. Rules can be added to it; its existing rules are not changed. */
  static fromId(scope: Construct, id: string, securityGroupId: string): ISecurityGroup {
    class Import extends Construct implements ISecurityGroup {
      readonly securityGroupId = securityGroupId;
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
    if (props.name?.toLowerCase() === "default")
      throw OST030.violation({ at: this, given: `the name "${props.name}"`, fix: "use another name" });
    const resource = new NetworkingSecgroupV2(this, "Resource", {
      name: displayName(this, props.name, SECURITY_GROUP_NAME),
      description: checkedText(props.description, OBJECT_DESCRIPTION, this),
      deleteDefaultRules: true,
    });
    this.node.defaultChild = resource;
    this.securityGroupId = resource.id;
    this.connections = new Connections(this, resource.id);
    if (props.allowAllOutbound === true) this.connections.allowAllOutbound("anything out");
  }
}
