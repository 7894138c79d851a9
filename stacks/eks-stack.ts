import {
  AccessPolicy,
  ClusterLogs,
  EksCluster,
  ImageBuild,
  type IEncryptionKey,
  InstanceProfile,
  Network,
  Repository,
  Role,
  TrustPolicy,
} from "@groundwork/constructs/aws";
import { defined } from "@groundwork/constructs/core";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { createClusterKey, secretsEncryptionWith } from "./encryption";
import type { EksSettings, Environment } from "./environments/environment";
import { createOidcProvider } from "./identities";
import { deployerArn, createAwsProvider } from "./providers/aws";

export interface EksStackProps {
  readonly environment: Environment;
  readonly eks: EksSettings;
}

/** Network, cluster, nodes and image repositories of the web application. */
export class EksStack extends TerraformStack {
  constructor(app: App, id: string, { environment, eks }: EksStackProps) {
    super(app, id);
    createBackend(this, environment);
    createAwsProvider(this, environment, eks.region);

    const key = createClusterKey(this, environment, eks);
    const network = this.createNetwork(eks, key);
    const cluster = this.createCluster(eks, network, key);
    this.createRepositories(eks, key);

    new TerraformOutput(this, "network_id", { value: network.networkId });
    new TerraformOutput(this, "cluster_name", { value: cluster.clusterName });
    new TerraformOutput(this, "cluster_endpoint", { value: cluster.endpoint });
  }

  private createNetwork(eks: EksSettings, key: IEncryptionKey | undefined): Network {
    return new Network(this, "Network", {
      ...eks.network,
      flowLogs: eks.network.flowLogs(key),
      eksClusters: [eks.clusterName],
    });
  }

  private createCluster(eks: EksSettings, network: Network, key: IEncryptionKey | undefined): EksCluster {
    const { clusterName, cluster: settings, admins, nodes } = eks;
    const { logRetentionDays: retention, ...rest } = settings;
    const cluster = new EksCluster(this, "Cluster", {
      ...rest,
      clusterName,
      network,
      secretsEncryption: secretsEncryptionWith(key),
      logs: ClusterLogs.kept({ retention, ...defined({ encryptionKey: key }) }),
    });
    for (const [name, principal] of Object.entries(admins))
      cluster.addAccess(name, {
        principalArn: principal === "caller" ? deployerArn(this) : principal,
        policies: [AccessPolicy.clusterAdmin()],
      });
    cluster.addNodeGroup("Nodes", nodes);
    createOidcProvider(this, eks, cluster);
    return cluster;
  }

  /** Image repositories with the builds of their images, and the role of a machine that builds and pushes images. */
  private createRepositories({ repositories }: EksSettings, key: IEncryptionKey | undefined): void {
    const builder = new Role(this, "ImageBuilder", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    const profile = new InstanceProfile(this, "ImageBuilderProfile", { role: builder });
    for (const [name, { settings, build }] of Object.entries(repositories)) {
      const repository = new Repository(this, name, { ...settings, ...defined({ encryptionKey: key }) });
      repository.grants.push(builder);
      if (build !== undefined)
        new ImageBuild(repository, "Build", { ...build, repository, ...defined({ encryptionKey: key }) });
      new TerraformOutput(this, `${name}_repository_url`, { value: repository.repositoryUrl });
    }
    new TerraformOutput(this, "image_builder_profile", { value: profile.instanceProfileName });
  }
}
