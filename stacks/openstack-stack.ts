import { type Cidr, defined } from "@groundwork/constructs/core";
import { ExternalNetwork, ProjectQuota, TwoTierNetwork } from "@groundwork/constructs/openstack";
import { KPaasPlatform } from "@groundwork/constructs/kpaas";
import { type App, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import type { Environment, OpenstackSettings } from "./environments/environment";
import { createPlatformOutputs } from "./platform-outputs";
import { createOpenstackProvider } from "./providers/openstack";

export interface OpenstackStackProps {
  readonly environment: Environment;
  readonly openstack: OpenstackSettings;
}

/** K-PaaS on a standard OpenStack cloud, in a network with one public and one private subnet. */
export class OpenstackStack extends TerraformStack {
  constructor(app: App, id: string, { environment, openstack }: OpenstackStackProps) {
    super(app, id);
    createBackend(this, environment);
    createOpenstackProvider(this, environment, openstack);
    const { platform: settings, quota } = openstack;
    const platform = new KPaasPlatform(this, "Platform", {
      ...defined(settings),
      network: this.createNetwork(openstack),
      prefix: environment.name,
      cloud: "openstack",
    });
    createPlatformOutputs(this, platform);
    if (quota !== undefined) new ProjectQuota(this, "Quota", quota);
  }

  /** The network of the platform. */
  private createNetwork({ network, platform }: OpenstackSettings): TwoTierNetwork {
    const external = new ExternalNetwork(this, "Internet");
    const make = (id: string, tiers: typeof network) =>
      new TwoTierNetwork(this, id, { ...tiers, external, automaticAddresses: lastQuarter(tiers.privateCidr) });
    const first = make("Network", network);
    if (platform.network === undefined) return first;
    return make("PlatformNetwork", { ...platform.network, administrators: network.administrators });
  }
}

/** Range of automatic addresses; planned addresses of machines and services are below it. */
function lastQuarter(subnet: Cidr): Cidr {
  return subnet.part(subnet.prefix + 2, 3);
}
