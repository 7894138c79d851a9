import { AccessPolicy } from "@groundwork/constructs/aws/eks/access-policy";
import { ClusterLogs } from "@groundwork/constructs/aws/eks/cluster-logs";
import { EksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import type { IEncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { Trust } from "@groundwork/constructs/aws/iam/trust";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Repository } from "@groundwork/constructs/aws/registry/repository";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import { makeClusterKey, secretsEncryptionWith } from "./encryption";
import type { Environment } from "./environments/environment";
import { makeIssuerKnown } from "./identities";
import { callerPrincipalOf, makeAwsProvider } from "./providers/aws";

/** The web application's ground: network, cluster with its machines, and where its images are. */
export class EksStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-eks`);
    makeBackend(this, environment);
    makeAwsProvider(this, environment, environment.eks.region);

    const key = makeClusterKey(this, environment);
    const network = this.makeNetwork(environment, key);
    const cluster = this.makeCluster(environment, network, key);
    this.makeRepositories(environment, key);

    new TerraformOutput(this, "network_id", { value: network.networkId });
    new TerraformOutput(this, "cluster_name", { value: cluster.clusterName });
    new TerraformOutput(this, "cluster_endpoint", { value: cluster.endpoint });
  }

  private makeNetwork({ eks }: Environment, key: IEncryptionKey | undefined): Network {
    return new Network(this, "Network", {
      ...eks.network,
      flowLogs: eks.network.flowLogs(key),
      eksClusters: [eks.clusterName],
    });
  }

  private makeCluster(environment: Environment, network: Network, key: IEncryptionKey | undefined): EksCluster {
    const { clusterName, cluster: settings, admins, nodes } = environment.eks;
    const { logRetentionDays: retention, ...rest } = settings;
    const cluster = new EksCluster(this, "Cluster", {
      ...rest,
      clusterName,
      network,
      secretsEncryption: secretsEncryptionWith(key),
      logs: ClusterLogs.kept({ retention, ...(key === undefined ? {} : { encryptionKey: key }) }),
    });
    for (const [noun, principal] of Object.entries(admins))
      cluster.addAccess(noun, {
        principalArn: principal === "caller" ? callerPrincipalOf(this) : principal,
        policies: [AccessPolicy.clusterAdmin()],
      });
    cluster.addNodeGroup("Nodes", nodes);
    makeIssuerKnown(this, environment, cluster);
    return cluster;
  }

  /** Where images are, and the role of the machine that builds and pushes them. */
  private makeRepositories({ eks }: Environment, key: IEncryptionKey | undefined): void {
    const builder = new Role(this, "ImageBuilder", { trust: Trust.service("ec2.amazonaws.com") });
    const profile = new InstanceProfile(this, "ImageBuilderProfile", { role: builder });
    for (const [noun, settings] of Object.entries(eks.repositories)) {
      const repository = new Repository(this, noun, {
        ...settings,
        ...(key === undefined ? {} : { encryptionKey: key }),
      });
      repository.grants.push(builder);
      new TerraformOutput(this, `${noun}_repository_url`, { value: repository.repositoryUrl });
    }
    new TerraformOutput(this, "image_builder_profile", { value: profile.instanceProfileName });
  }
}
