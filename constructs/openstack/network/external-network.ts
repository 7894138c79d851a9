import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { Construct } from "constructs";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";

/** A network outside of the project, which routers lead to and floating IPs come from. */
export interface IExternalNetwork {
  readonly externalNetworkId: string;
  /** What floating IPs know it by. */
  readonly poolName: string;
  readonly cloud: Cloud;
}

export interface ExternalNetworkProps {
  /**
   * Name, where there are several.
   * @default - the only external network there is
   */
  readonly name?: string;
  /**
   * The cloud it belongs to.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/**
 * Gives the network that leads to the internet, found when Terraform plans: by its flag, since its name is the operator's.
 *
 * Creates nothing. Free of charge.
 *
 * @example const internet = new ExternalNetwork(this, "Internet");
 */
export class ExternalNetwork extends Construct implements IExternalNetwork {
  readonly externalNetworkId: string;
  readonly poolName: string;
  readonly cloud: Cloud;

  constructor(scope: Construct, id: string, props: ExternalNetworkProps = {}) {
    super(scope, id);
    const found = new DataOpenstackNetworkingNetworkV2(this, "Resource", {
      external: true,
      ...(props.name === undefined ? {} : { name: props.name }),
    });
    this.node.defaultChild = found;
    this.externalNetworkId = found.id;
    this.poolName = found.name;
    this.cloud = props.cloud ?? OPENSTACK;
  }
}
