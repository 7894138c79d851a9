import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { Region } from "../../region";
import { CLUSTER_NAME } from "./cluster-name";
import { ClusterDependencies } from "./cluster-dependencies";
import type { IEksCluster } from "./eks-cluster";
import type { KubernetesVersion } from "../versions/kubernetes-version";

/** What has to be known of a cluster that was made elsewhere. */
export interface ClusterLookup {
  readonly clusterName: string;
  /** Its version; Terraform stops when the cluster has another one. */
  readonly version: KubernetesVersion;
  readonly region: Region;
}

/** A cluster that stands already, found by its name. Made by `EksCluster.fromName`. */
export class ImportedCluster extends Construct implements IEksCluster {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly version: KubernetesVersion;
  readonly region: Region;
  readonly networkId: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly securityGroupId: string;
  readonly isImported = true;
  readonly roster = new ClusterDependencies();

  constructor(scope: Construct, id: string, lookup: ClusterLookup) {
    super(scope, id);
    const { version } = lookup;
    this.clusterName = Name.check(lookup.clusterName, CLUSTER_NAME, this);
    const found = new DataAwsEksCluster(this, "Resource", {
      name: lookup.clusterName,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.version == "${version.minor}"}`,
            errorMessage: `EKS008 at ${this.node.path}: the cluster's version is not ${version.minor}; name the one it has`,
          },
        ],
      },
    });
    this.node.defaultChild = found;
    this.clusterArn = found.arn;
    this.version = version;
    this.region = lookup.region;
    this.networkId = found.vpcConfig.get(0).vpcId;
    this.endpoint = found.endpoint;
    this.certificateAuthority = found.certificateAuthority.get(0).data;
    this.oidcIssuer = found.identity.get(0).oidc.get(0).issuer;
    this.securityGroupId = found.vpcConfig.get(0).clusterSecurityGroupId;
  }
}
