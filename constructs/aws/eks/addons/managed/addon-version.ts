import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import type { Construct } from "constructs";
import type { Addon } from "./addon";
import { ADD006 } from "../rules";
import type { KubernetesVersion } from "../../versions/kubernetes-version";

/**
 * Defines which build of an add-on runs.
 *
 * @example AddonVersion.pinned("v1.20.4-eksbuild.2"); AddonVersion.defaultOfEks(); AddonVersion.newest()
 */
export class AddonVersion {
  /** One build, until somebody changes it: `aws eks describe-addon-versions` lists those that fit a cluster. */
  static pinned(version: string): AddonVersion {
    if (!/^v\d+\.\d+\.\d+(-[a-z0-9.]+)?-eksbuild\.\d+$/.test(version))
      throw ADD006.violation({ given: `version "${version}"`, fix: 'write it as "v1.20.4-eksbuild.2"' });
    return new AddonVersion(() => version, version);
  }

  /** What EKS itself would install for the cluster's version. The plan shows it when AWS moves on. */
  static defaultOfEks(): AddonVersion {
    return new AddonVersion(lookUp(false));
  }

  /** The newest build for the cluster's version. */
  static newest(): AddonVersion {
    return new AddonVersion(lookUp(true));
  }

  private constructor(
    private readonly make: (scope: Construct, addon: Addon, cluster: KubernetesVersion) => string,
    private readonly pin?: string,
  ) {}

  /** The build as EKS takes it; read at plan where it is not pinned. */
  resolve(scope: Construct, addon: Addon, cluster: KubernetesVersion): string {
    const { pin } = this;
    if (addon.name === "kube-proxy" && pin !== undefined && !pin.startsWith(`v${cluster.minor}.`))
      throw ADD006.violation({
        at: scope,
        given: `kube-proxy ${pin} in a cluster of version ${cluster.minor}`,
        fix: `pin one that begins with v${cluster.minor}.`,
      });
    return this.make(scope, addon, cluster);
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
