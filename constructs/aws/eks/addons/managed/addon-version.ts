import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import type { Construct } from "constructs";
import type { Addon } from "./addon";
import { ADD006 } from "../rules";
import type { KubernetesVersion } from "../../versions/kubernetes-version";

/**
 * Defines the version of an add-on.
 *
 * @example AddonVersion.pinned("v1.20.4-eksbuild.2"); AddonVersion.defaultOfEks(); AddonVersion.newest()
 */
export class AddonVersion {
  /** A fixed version; `aws eks describe-addon-versions` lists the versions compatible with a cluster. */
  static pinned(version: string): AddonVersion {
    if (!/^v\d+\.\d+\.\d+(-[a-z0-9.]+)?-eksbuild\.\d+$/.test(version))
      throw ADD006.violation({ given: `version "${version}"`, fix: 'write it as "v1.20.4-eksbuild.2"' });
    return new AddonVersion(() => version, version);
  }

  /** The EKS default for the cluster's version. A plan shows the change when AWS changes the default. */
  static defaultOfEks(): AddonVersion {
    return new AddonVersion(lookUp(false));
  }

  /** The newest version for the cluster's version. */
  static newest(): AddonVersion {
    return new AddonVersion(lookUp(true));
  }

  private constructor(
    private readonly versionIn: (scope: Construct, addon: Addon, cluster: KubernetesVersion) => string,
    private readonly pin?: string,
  ) {}

  /** The version for the EKS API; read at plan time unless it is pinned. */
  resolve(scope: Construct, addon: Addon, cluster: KubernetesVersion): string {
    const { pin } = this;
    if (addon.name === "kube-proxy" && pin !== undefined && !pin.startsWith(`v${cluster.minor}.`))
      throw ADD006.violation({
        at: scope,
        given: `kube-proxy ${pin} in a cluster of version ${cluster.minor}`,
        fix: `pin a version that begins with v${cluster.minor}.`,
      });
    return this.versionIn(scope, addon, cluster);
  }
}

function lookUp(mostRecent: boolean) {
  return (scope: Construct, addon: Addon, cluster: KubernetesVersion): string =>
    new DataAwsEksAddonVersion(scope, "Version", {
      addonName: addon.name,
      kubernetesVersion: cluster.minor,
      mostRecent,
    }).version;
}
