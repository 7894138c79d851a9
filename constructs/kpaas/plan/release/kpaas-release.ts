import { KPS021 } from "../../rules";
import type { AddOn } from "./add-on";
import { type KnownIssue, KNOWN_ISSUES_1_6_2 } from "./known-issues";
import type { Patch } from "./patch";

/** Components of 1.6.2, as listed in its guide (K-PaaS/container-platform, branch/1.6.2). */
const INSTALLS_1_6_2 = {
  kubespray: "2.28.0",
  kubernetes: "1.32.5",
  "cri-o": "1.32.0",
  calico: "3.29.3",
  metallb: "0.14.9",
  "ingress-nginx": "1.12.1",
  helm: "3.17.0",
  istio: "1.24.3",
  podman: "3.4.7",
  opentofu: "1.9.0",
  "nfs-subdir-external-provisioner": "4.0.18",
  rook: "1.16.4",
  kyverno: "1.13.6",
} as const;

/**
 * Defines a release of K-PaaS: the location of its installer, pinned to a commit, the components that it installs, its known issues
 * and their remedies.
 *
 * @example KPaasRelease.V1_6_2.commit
 */
export class KPaasRelease {
  /** K-PaaS 1.6.2. */
  static readonly V1_6_2 = new KPaasRelease(
    "1.6.2",
    "6dee0c25985be96e9aa7206d13111f1966bbe9ac",
    INSTALLS_1_6_2,
    KNOWN_ISSUES_1_6_2,
  );

  /** The release with a version number. */
  static of(version: string): KPaasRelease {
    const known = [KPaasRelease.V1_6_2];
    const release = known.find((candidate) => candidate.version === version);
    if (release === undefined)
      throw KPS021.violation({ given: `release "${version}"`, fix: `use one of ${known.join(", ")}` });
    return release;
  }

  /** URL from which the installer is cloned. */
  readonly repository = "https://github.com/K-PaaS/cp-deployment.git";

  private constructor(
    /** Version of K-PaaS. */
    readonly version: string,
    /** The branch changes and a tag can be moved; a commit is fixed. */
    readonly commit: string,
    /** Installed components and their versions. */
    readonly installs: Readonly<Record<string, string>>,
    /** Known issues and their remedies. */
    readonly knownIssues: readonly KnownIssue[],
  ) {}

  /** Tag of the installer's repository. */
  get tag(): string {
    return `v${this.version}`;
  }

  /** Patches that the installer needs for a cluster with these add-ons, in the order in which the files are used. */
  patchesFor(addOns: readonly AddOn[]): readonly Patch[] {
    return this.knownIssues
      .filter(({ unless }) => unless === undefined || !addOns.includes(unless))
      .flatMap(({ patches }) => patches);
  }

  /** Version as text. */
  toString(): string {
    return this.version;
  }
}
