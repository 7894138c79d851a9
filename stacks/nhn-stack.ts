import { TwoTierNetwork } from "@groundwork/constructs/nhn/two-tier-network";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import { Fleet } from "./fleet";
import { makeNhnProviders } from "./providers/openstack";

/** The container platform's machines on NHN Cloud, in a network of a public and a private subnet. */
export class NhnStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-nhn`);
    const { network: tiers, fleet: settings } = environment.nhn;
    makeBackend(this, environment);
    const api = makeNhnProviders(this, environment);

    const network = new TwoTierNetwork(this, "Network", { ...tiers, api });
    const fleet = new Fleet(this, { ...network, settings, external: network.internetGateway.externalNetwork });

    new TerraformOutput(this, "address", { value: fleet.controlPlanes[0]?.floatingAddress });
  }
}
