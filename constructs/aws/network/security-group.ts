import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { IConnectable } from "./connections";
import { Connections } from "./connections";

/** A security group, made here or elsewhere. */
export interface ISecurityGroup extends IConnectable {
  readonly securityGroupId: string;
}

/** What a security group belongs to. */
interface InNetwork {
  readonly networkId: string;
}

export interface SecurityGroupProps {
  readonly network: InNetwork;
  /** What the members of the group are. AWS shows it and never lets it change. */
  readonly description: string;
}

const NAME = { service: "security group", maxLength: 255, pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/ };

/**
 * Defines a stateful firewall around its members. It starts shut in both directions.
 *
 * Creates the group; each rule is a resource of its own. Free of charge.
 *
 * @example
 * const web = new SecurityGroup(this, "Web", { network, description: "web servers" });
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
    const name = Name.of(this).fit(NAME);
    const resource = new SecurityGroupResource(this, "Resource", {
      vpcId: props.network.networkId,
      name,
      description: props.description,
      tags: { Name: name },
      // A renamed group is made before the old one goes, which members still use at that moment.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = resource;
    this.securityGroupId = resource.id;
    this.connections = new Connections(this, resource.id);
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
