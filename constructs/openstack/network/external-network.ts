import { DataOpenstackNetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/data-openstack-networking-network-v2";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { checkStack } from "../../core/name-claims";
import { escapeTerraform } from "../../core/token";
import { type Cloud, OPENSTACK } from "../cloud";

/** A network outside of the project that routers connect to and floating IPs are allocated from. */
export interface IExternalNetwork {
  /** Id of the external network. */
  readonly externalNetworkId: string;
  /** Name of the network, which is the pool of floating IPs. */
  readonly poolName: string;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
}

/** Properties of {@link ExternalNetwork}. */
export interface ExternalNetworkProps {
  /**
   * Name, required if the cloud has several external networks.
   * @default - the only external network
   */
  readonly name?: string;
  /**
   * Cloud of the network.
   * @default - standard OpenStack
   */
  readonly cloud?: Cloud;
}

/**
 * Defines a look-up of the network that connects to the internet, which runs when Terraform plans. The network is found by its
 * `external` flag, because the operator chooses its name.
 *
 * Creates no resources. Cost: free of charge.
 *
 * @example const internet = new ExternalNetwork(this, "Internet");
 */
export class ExternalNetwork extends Construct implements IExternalNetwork {
  /** Id of the external network. */
  readonly externalNetworkId: string;
  readonly poolName: string;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;

  constructor(scope: Construct, id: string, props: ExternalNetworkProps = {}) {
    super(scope, id);
    checkStack(this);
    const found = new DataOpenstackNetworkingNetworkV2(this, "Resource", {
      external: true,
      ...defined({ name: props.name && escapeTerraform(props.name) }),
    });
    this.node.defaultChild = found;
    this.externalNetworkId = found.id;
    this.poolName = found.name;
    this.cloud = props.cloud ?? OPENSTACK;
  }
}
