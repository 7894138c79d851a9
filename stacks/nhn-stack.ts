import type { NetworkApi } from "@groundwork/constructs/nhn/network-api";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/two-tier-network";
import type { App } from "cdktf";
import { TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import { Platform } from "./platform/platform";
import { platformPorts } from "./platform/platform-ports";
import { makeNhnProviders } from "./providers/openstack";

/** K-PaaS on NHN Cloud, in a network of a public and a private subnet. */
export class NhnStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-nhn`);
    makeBackend(this, environment);
    const network = this.makeNetwork(environment, makeNhnProviders(this, environment));
    new Platform(this, {
      settings: environment.nhn.platform,
      ground: { ...network, external: network.internetGateway.externalNetwork },
      prefix: environment.name,
      cloud: "nhn",
    });
  }

  /** The network that the platform stands in. */
  private makeNetwork({ nhn: { network, platform } }: Environment, api: NetworkApi): TwoTierNetwork {
    const ports = platformPorts(platform);
    if (platform.network === undefined) return new TwoTierNetwork(this, "Network", { ...network, ...ports, api });
    new TwoTierNetwork(this, "Network", { ...network, api });
    const { administrators } = network;
    return new TwoTierNetwork(this, "PlatformNetwork", { ...platform.network, ...ports, administrators, api });
  }
}
