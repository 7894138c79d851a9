import type { Cidr } from "@groundwork/constructs/core/cidr";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { TwoTierNetwork } from "@groundwork/constructs/openstack/network/two-tier-network";
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import { Platform } from "./platform/platform";
import { makeOpenstackProvider } from "./providers/openstack";

/** K-PaaS on an OpenStack of anybody's, in a network of a public and a private subnet. */
export class OpenstackStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-openstack`);
    makeBackend(this, environment);
    makeOpenstackProvider(this, environment);
    const ground = this.makeNetwork(environment);
    const { platform: settings } = environment.openstack;
    new Platform(this, { settings, ground, prefix: environment.name, cloud: "openstack" });
  }

  /** The network that the platform stands in. */
  private makeNetwork({ openstack: { network, platform } }: Environment): TwoTierNetwork {
    const external = new ExternalNetwork(this, "Internet");
    const make = (id: string, tiers: typeof network) =>
      new TwoTierNetwork(this, id, { ...tiers, external, automaticAddresses: lastQuarter(tiers.privateCidr) });
    const first = make("Network", network);
    if (platform.network === undefined) return first;
    return make("PlatformNetwork", { ...platform.network, administrators: network.administrators });
  }
}

/** Before it is what machines and services of the cluster are given. */
function lastQuarter(subnet: Cidr): Cidr {
  return subnet.part(subnet.prefix + 2, 3);
}
