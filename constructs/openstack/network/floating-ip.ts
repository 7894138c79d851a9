import { NetworkingFloatingipV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { checkedText } from "../../core/text-rule";
import { FLOATING_IP_LABEL, OBJECT_DESCRIPTION } from "../limits";
import { OST004 } from "../rules";
import type { IExternalNetwork } from "./external-network";

const FLOATING_IP = Symbol.for("groundwork.openstack.FloatingIp");

/** A public address that is connected to one port, created by this app or imported. */
export interface IFloatingIp {
  /** Address of the floating IP. */
  readonly floatingIpAddress: string;
  /** Registers the port that the address is connected to; rejects a second port. */
  assign(to: Construct): void;
}

/** Properties of {@link FloatingIp}. */
export interface FloatingIpProps {
  /** Network from which the address is allocated. */
  readonly external: IExternalNetwork;
  /**
   * Purpose, as the dashboard shows it. On NHN Cloud it is a label, which is documented for up to 64 letters and digits.
   * @default - none
   */
  readonly description?: string;
  /**
   * Resources that must exist as long as the address, such as the gateway that routes to it.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a public address that stays allocated until it is destroyed. Pass it to a port, a machine or a load balancer to connect it.
 *
 * Creates the address. Cost: per hour on most clouds, also while it is not connected.
 *
 * Errors: OST004, TXT001.
 *
 * @example const address = new FloatingIp(this, "FloatingIp", { external: internet });
 */
export class FloatingIp extends Construct implements IFloatingIp {
  /** Imports an address that the project already has, for example one that partners have allowlisted. */
  static fromAddress(scope: Construct, id: string, address: string): IFloatingIp {
    class Import extends Construct implements IFloatingIp {
      readonly floatingIpAddress = address;
      private readonly assignment = new Assignment(this);

      assign(to: Construct): void {
        this.assignment.assign(to);
      }
    }
    return new Import(scope, id);
  }

  /** Whether a construct is a `FloatingIp`; `instanceof` fails for another copy of this library. */
  static isFloatingIp(thing: object): thing is FloatingIp {
    return FLOATING_IP in thing;
  }

  /** Id of the floating IP. */
  readonly floatingIpId: string;
  /** Address of the floating IP. */
  readonly floatingIpAddress: string;
  readonly [FLOATING_IP] = true;
  private readonly assignment = new Assignment(this);

  constructor(scope: Construct, id: string, props: FloatingIpProps) {
    super(scope, id);
    const { external, description, dependsOn } = props;
    const resource = new NetworkingFloatingipV2(this, "Resource", {
      pool: external.poolName,
      ...(description === undefined ? {} : textArgument(this, external, description)),
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.floatingIpId = resource.id;
    this.floatingIpAddress = resource.address;
  }

  assign(to: Construct): void {
    this.assignment.assign(to);
  }
}

/** The one port that a floating IP is connected to. */
class Assignment {
  private path: string | undefined;

  constructor(private readonly floatingIp: Construct) {}

  assign(to: Construct): void {
    if (this.path !== undefined)
      throw OST004.violation({
        at: to,
        given: `${this.floatingIp.node.path} is connected to ${this.path}`,
        fix: "create another floating IP",
      });
    this.path = to.node.path;
  }
}

function textArgument(
  at: Construct,
  { cloud }: IExternalNetwork,
  text: string,
): { description: string } | { valueSpecs: { label: string } } {
  return cloud.floatingIpTextField === "description"
    ? { description: checkedText(text, OBJECT_DESCRIPTION, at) }
    : { valueSpecs: { label: checkedText(text, FLOATING_IP_LABEL, at) } };
}
