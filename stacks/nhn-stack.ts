import { type NetworkApi, TwoTierNetwork } from "@groundwork/constructs/nhn";
import { defined } from "@groundwork/constructs/core";
import { ProjectQuota } from "@groundwork/constructs/openstack";
import { KPaasPlatform } from "@groundwork/constructs/kpaas";
import { type App, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import type { Environment, NhnSettings } from "./environments/environment";
import { createPlatformOutputs } from "./platform-outputs";
import { createNhnProviders } from "./providers/openstack";

export interface NhnStackProps {
  readonly environment: Environment;
  readonly nhn: NhnSettings;
}

/** K-PaaS on NHN Cloud, in a network of a public and a private subnet. */
export class NhnStack extends TerraformStack {
  constructor(app: App, id: string, { environment, nhn }: NhnStackProps) {
    super(app, id);
    createBackend(this, environment);
    const network = this.createNetwork(nhn, createNhnProviders(this, environment, nhn));
    const platform = new KPaasPlatform(this, "Platform", {
      ...defined(nhn.platform),
      network: { ...network, external: network.internetGateway.externalNetwork },
      prefix: environment.name,
      cloud: "nhn",
    });
    createPlatformOutputs(this, platform);
    const { quota } = nhn;
    if (quota !== undefined) new ProjectQuota(this, "Quota", quota);
  }

  /** The network of the platform. */
  private createNetwork({ network, platform }: NhnSettings, api: NetworkApi): TwoTierNetwork {
    const { ports } = platform.controlPlane;
    if (platform.network === undefined) return new TwoTierNetwork(this, "Network", { ...network, ...ports, api });
    new TwoTierNetwork(this, "Network", { ...network, api });
    const { administrators } = network;
    return new TwoTierNetwork(this, "PlatformNetwork", { ...platform.network, ...ports, administrators, api });
  }
}
