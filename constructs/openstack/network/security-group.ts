import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { IConnectable } from "./connections";
import { Connections } from "./connections";

/** A security group, made here or elsewhere. */
export interface ISecurityGroup extends IConnectable {
  readonly securityGroupId: string;
}

export interface SecurityGroupProps {
  /** What the members of the group are. */
  readonly description: string;
  /**
   * Whether its members may open whatever they like. Without it each way out is a rule of its own, and the provider takes five
   * seconds for each when it destroys them.
   * @default false
   */
  readonly allowAllOutbound?: boolean;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a stateful firewall around its members. It starts shut in both directions, unless all that goes out is allowed.
 *
 * Creates the group without the rules that let everything out; each rule is a resource of its own. Free of charge.
 *
 * Errors: OST006, OST007, OST008.
 *
 * @example
 * const web = new SecurityGroup(this, "Web", { description: "web servers" });
 * web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /** A group that exists. Rules can be added to it; those it has are left alone. */
  static fromId(scope: Construct, id: string, securityGroupId: string): ISecurityGroup {
    return new ImportedSecurityGroup(scope, id, securityGroupId);
  }

  readonly securityGroupId: string;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const resource = new NetworkingSecgroupV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      description: props.description,
      deleteDefaultRules: true,
    });
    this.node.defaultChild = resource;
    this.securityGroupId = resource.id;
    this.connections = new Connections(this, resource.id);
    if (props.allowAllOutbound === true) this.connections.allowAllOutbound("anything out");
  }
}

class ImportedSecurityGroup extends Construct implements ISecurityGroup {
  readonly connections: Connections;

  constructor(
    scope: Construct,
    id: string,
    readonly securityGroupId: string,
  ) {
    super(scope, id);
    this.connections = new Connections(this, securityGroupId);
  }
}
