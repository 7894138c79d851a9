import { NetworkingFloatingipV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { OST004 } from "../rules";
import type { IExternalNetwork } from "./external-network";

const FLOATING_IP = Symbol.for("groundwork.openstack.FloatingIp");

/** An address of the internet that stands in front of one port, made here or elsewhere. */
export interface IFloatingIp {
  readonly floatingIpAddress: string;
  /** Notes the port it stands in front of; refuses a second one. */
  assign(to: Construct): void;
}

export interface FloatingIpProps {
  readonly external: IExternalNetwork;
  /**
   * What it is for, as the dashboard shows it.
   * @default - nothing
   */
  readonly description?: string;
  /**
   * What has to stand as long as the address does, such as the gateway it is reached through.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines an address of the internet that is kept until it is destroyed. It is connected by giving it to a port or a machine.
 *
 * Creates the address. Cost: by the hour on most clouds, also while it stands in front of nothing.
 *
 * Errors: OST004.
 *
 * @example const address = new FloatingIp(this, "FloatingIp", { external: internet });
 */
export class FloatingIp extends Construct implements IFloatingIp {
  /** An address that the project has already, for example one that partners have allowed. */
  static fromAddress(scope: Construct, id: string, address: string): IFloatingIp {
    return new ImportedFloatingIp(scope, id, address);
  }

  /** Whether something in a tree is such an address; `instanceof` would not know another copy of this library. */
  static isFloatingIp(thing: object): thing is FloatingIp {
    return FLOATING_IP in thing;
  }

  readonly floatingIpId: string;
  readonly floatingIpAddress: string;
  readonly [FLOATING_IP] = true;
  private readonly owner = new Owner();

  constructor(scope: Construct, id: string, props: FloatingIpProps) {
    super(scope, id);
    const { external, description, dependsOn } = props;
    const resource = new NetworkingFloatingipV2(this, "Resource", {
      pool: external.poolName,
      ...(description === undefined ? {} : words(external, description)),
      ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.floatingIpId = resource.id;
    this.floatingIpAddress = resource.address;
  }

  assign(to: Construct): void {
    this.owner.assign(this, to);
  }
}

class ImportedFloatingIp extends Construct implements IFloatingIp {
  private readonly owner = new Owner();

  constructor(
    scope: Construct,
    id: string,
    readonly floatingIpAddress: string,
  ) {
    super(scope, id);
  }

  assign(to: Construct): void {
    this.owner.assign(this, to);
  }
}

/** The one port behind an address. */
class Owner {
  private path: string | undefined;

  assign(floatingIp: Construct, to: Construct): void {
    if (this.path !== undefined)
      throw OST004.violation({
        at: to,
        given: `${floatingIp.node.path} stands in front of ${this.path}`,
        fix: "make another floating IP",
      });
    this.path = to.node.path;
  }
}

function words({ cloud }: IExternalNetwork, text: string): { description: string } | { valueSpecs: { label: string } } {
  return cloud.floatingIpWords === "description" ? { description: text } : { valueSpecs: { label: text } };
}
