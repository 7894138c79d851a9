import type { Peer } from "@groundwork/constructs/core/peer";
import { Administration } from "@groundwork/constructs/openstack/network/administration";
import type { IExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import type { TierSettings } from "./environments/platform-values";
import type { Ground } from "./platform/ground";
import { Platform } from "./platform/platform";
import { makeOpenstackProvider } from "./providers/openstack";

/** K-PaaS on an OpenStack of anybody's, in a network of a public and a private subnet. */
export class OpenstackStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-openstack`);
    const { network, platform: settings } = environment.openstack;
    const { administrators } = network;
    makeBackend(this, environment);
    makeOpenstackProvider(this, environment);

    const external = new ExternalNetwork(this, "Internet");
    const first = new TwoTiers(this, "Network", { tiers: network, administrators, external });
    const own = settings.network;
    const ground =
      own === undefined ? first : new TwoTiers(this, "PlatformNetwork", { tiers: own, administrators, external });
    new Platform(this, { settings, ground, prefix: environment.name, cloud: "openstack" });
  }
}

interface TwoTiersProps {
  readonly tiers: TierSettings;
  readonly administrators: readonly Peer[];
  readonly external: IExternalNetwork;
}

/** One router leads to two subnets and to the internet. */
class TwoTiers extends Construct implements Ground {
  readonly publicSubnet: Subnet;
  readonly privateSubnet: Subnet;
  readonly external: IExternalNetwork;
  readonly bastion: Administration["bastion"];

  constructor(scope: Construct, id: string, { tiers, administrators, external }: TwoTiersProps) {
    super(scope, id);
    const { cidr, publicCidr, privateCidr } = tiers;
    const network = new Network(this, "Network", { cidr });
    this.publicSubnet = new Subnet(this, "Public", { network, cidr: publicCidr, floatingIps: true });
    this.privateSubnet = new Subnet(this, "Private", {
      ...{ network, cidr: privateCidr },
      // The last quarter: before it is what machines and services of the cluster are given.
      automaticAddresses: privateCidr.part(privateCidr.prefix + 2, 3),
    });
    new Router(this, "Router", { external, subnets: [this.publicSubnet, this.privateSubnet] });
    this.external = external;
    this.bastion = new Administration(this, "Administration", { administrators }).bastion;
  }
}
