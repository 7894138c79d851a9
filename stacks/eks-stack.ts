import { Network } from "@groundwork/constructs/aws/network/network";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import { makeEncryptionKey } from "./encryption";
import type { Environment } from "./environments/environment";
import { makeAwsProvider } from "./providers";

/** The web application's ground: the network that the cluster and its nodes stand in. */
export class EksStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-eks`);
    makeBackend(this, environment);
    makeAwsProvider(this, environment, environment.eks.region);

    const { network: settings, clusterName } = environment.eks;
    const network = new Network(this, "Network", {
      ...settings,
      flowLogs: settings.flowLogs(makeEncryptionKey(this, environment)),
      eksClusters: [clusterName],
    });

    new TerraformOutput(this, "network_id", { value: network.networkId });
  }
}
