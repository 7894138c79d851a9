import type { ITerraformDependable } from "cdktf";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { HelmRelease } from "../../../kubernetes/helm/helm-release";
import type { IEksCluster } from "../cluster/eks-cluster";
import { chartNeeds } from "./chart-order";
import { ADD009 } from "./rules";

/**
 * Defines a release of cert-manager.
 *
 * @example CertManagerRelease.of("v1.21.0"); CertManagerRelease.unsupported("v1.12.3")
 */
export class CertManagerRelease {
  /** A release that supports the cluster's version; one that does not is refused. */
  static of(version: string): CertManagerRelease {
    return new CertManagerRelease(version, true);
  }

  /** A release whatever it supports: for what a lab was built with. */
  static unsupported(version: string): CertManagerRelease {
    return new CertManagerRelease(version, false);
  }

  private constructor(
    readonly version: string,
    /** Whether it has to support the cluster's version. */
    readonly checked: boolean,
  ) {}

  /** Major and minor number. */
  get line(): string {
    return this.version.replace(/^v/, "").split(".").slice(0, 2).join(".");
  }

  /** How the chart is told to bring its definitions: it was another key before 1.15. */
  get definitions(): { readonly installCRDs: true } | { readonly crds: { readonly enabled: true } } {
    const [, minor = "0"] = this.line.split(".");
    return Number(minor) < 15 ? { installCRDs: true } : { crds: { enabled: true } };
  }
}

export interface CertManagerProps {
  readonly cluster: IEksCluster;
  readonly release: CertManagerRelease;
}

/**
 * Defines the issuer of certificates inside a cluster. The load balancer controller of this library does not need it.
 *
 * Creates the chart in the namespace `cert-manager`, with its definitions. Free of charge.
 *
 * Errors: ADD001, ADD009.
 *
 * @example new CertManager(this, "CertManager", { cluster, release: CertManagerRelease.of("v1.21.0") })
 */
export class CertManager extends Construct implements ITerraformDependable {
  /** For `dependsOn`: what gets its certificate from here. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, { cluster, release }: CertManagerProps) {
    super(scope, id);
    this.checkSupport(cluster, release);
    const chart = new HelmRelease(this, "Release", {
      name: "cert-manager",
      repository: "https://charts.jetstack.io",
      chart: "cert-manager",
      version: release.version,
      namespace: "cert-manager",
      createNamespace: true,
      values: { ...release.definitions },
      dependsOn: chartNeeds(this, cluster),
    });
    this.node.defaultChild = chart.node.defaultChild;
    this.fqn = chart.fqn;
  }

  private checkSupport({ version }: IEksCluster, release: CertManagerRelease): void {
    if (version.certManagerLines.includes(release.line)) return;
    const given = `cert-manager ${release.version} in a cluster of version ${version.minor}`;
    if (!release.checked) {
      Annotations.of(this).addWarning(`${given}: nobody supports it any more`);
      return;
    }
    const lines = version.certManagerLines.join(" or ");
    throw ADD009.violation({ at: this, given, fix: `use ${lines}, or say CertManagerRelease.unsupported()` });
  }
}
