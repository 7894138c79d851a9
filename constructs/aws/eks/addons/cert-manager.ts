import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { HelmRelease } from "../../../kubernetes/helm/helm-release";
import type { HelmValues } from "../../../kubernetes/helm/helm-values";
import type { IEksCluster } from "../cluster/eks-cluster";
import { chartDependencies } from "./chart-dependencies";
import { mergedValues } from "./merged-values";
import { ADD009 } from "./rules";

/**
 * Defines a release of cert-manager.
 *
 * @example CertManagerRelease.of("v1.21.2"); CertManagerRelease.unsupported("v1.12.3")
 */
export class CertManagerRelease {
  /** A release that supports the cluster's version; others are rejected. */
  static of(version: string): CertManagerRelease {
    return new CertManagerRelease(version, true);
  }

  /** A release that may not support the cluster's version, for example to reproduce an existing environment. */
  static unsupported(version: string): CertManagerRelease {
    return new CertManagerRelease(version, false);
  }

  private constructor(
    /** Release, such as `v1.21.2`. */
    readonly version: string,
    /** Whether it has to support the cluster's version. */
    readonly checked: boolean,
  ) {
    if (!/^v\d+\.\d+\.\d+$/.test(version))
      throw ADD009.violation({ given: `cert-manager "${version}"`, fix: 'write the release as "v1.21.2"' });
  }

  /** Major and minor version. */
  get line(): string {
    return this.version.replace(/^v/, "").split(".").slice(0, 2).join(".");
  }

  /** Chart values that install the CRDs; the key was another one before 1.15. */
  get definitions(): { readonly installCRDs: true } | { readonly crds: { readonly enabled: true } } {
    const [, minor = "0"] = this.line.split(".");
    return Number(minor) < 15 ? { installCRDs: true } : { crds: { enabled: true } };
  }
}

/** Properties of {@link CertManager}. */
export interface CertManagerProps {
  /** Imported cluster, `EksCluster.fromName()`. */
  readonly cluster: IEksCluster;
  /** Release of cert-manager. */
  readonly release: CertManagerRelease;
  /** Further values of the chart, which take precedence over those of this construct. @default - none */
  readonly values?: HelmValues;
}

/**
 * Defines cert-manager, which issues certificates inside a cluster. `LoadBalancerController` does not require it.
 *
 * Creates the Helm release with its CRDs in the namespace `cert-manager`. Free of charge.
 *
 * Errors: ADD001, ADD009.
 *
 * @example new CertManager(this, "CertManager", { cluster, release: CertManagerRelease.of("v1.21.2") })
 */
export class CertManager extends Construct implements ITerraformDependable {
  /** For `dependsOn` of resources that use its certificates. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, { cluster, release, values = {} }: CertManagerProps) {
    super(scope, id);
    this.checkSupport(cluster, release);
    const chart = new HelmRelease(this, "Release", {
      name: "cert-manager",
      repository: "https://charts.jetstack.io",
      chart: "cert-manager",
      version: release.version,
      namespace: "cert-manager",
      createNamespace: true,
      values: mergedValues({ ...release.definitions }, values),
      dependsOn: chartDependencies(this, cluster),
    });
    this.node.defaultChild = chart.node.defaultChild;
    this.fqn = chart.fqn;
  }

  private checkSupport({ version }: IEksCluster, release: CertManagerRelease): void {
    if (version.certManagerLines.includes(release.line)) return;
    const given = `cert-manager ${release.version} in a cluster of version ${version.minor}`;
    if (!release.checked) {
      Annotations.of(this).addWarning(`${given} is no longer supported`);
      return;
    }
    const lines = version.certManagerLines.join(" or ");
    throw ADD009.violation({ at: this, given, fix: `use ${lines}, or CertManagerRelease.unsupported()` });
  }
}
