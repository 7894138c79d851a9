import type { AddOn } from "./add-on";
import type { Breakage } from "./breakages";
import { BREAKAGES_1_6_2 } from "./breakages";
import type { Patch } from "./patch";
import { KPS021 } from "./rules";

/** What 1.6.2 installs, by the guide to it (K-PaaS/container-platform, branch/1.6.2). */
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
 * Defines a release of K-PaaS: where its installer is, pinned by commit; what it installs; what of it is broken, and how that is
 * mended.
 *
 * @example KPaasRelease.V1_6_2.commit
 */
export class KPaasRelease {
  static readonly V1_6_2 = new KPaasRelease(
    "1.6.2",
    "6dee0c25985be96e9aa7206d13111f1966bbe9ac",
    INSTALLS_1_6_2,
    BREAKAGES_1_6_2,
  );

  /** The release with a number. */
  static of(version: string): KPaasRelease {
    const known = [KPaasRelease.V1_6_2];
    const release = known.find((one) => one.version === version);
    if (release === undefined)
      throw KPS021.violation({ given: `release "${version}"`, fix: `use one of ${known.join(", ")}` });
    return release;
  }

  /** Where the installer is cloned from. */
  readonly repository = "https://github.com/K-PaaS/cp-deployment.git";

  private constructor(
    readonly version: string,
    /** The branch moves, and a tag can be moved: this does not. */
    readonly commit: string,
    /** Versions of what it installs. */
    readonly installs: Readonly<Record<string, string>>,
    /** What is known not to work, and what this library does about it. */
    readonly breakages: readonly Breakage[],
  ) {}

  get tag(): string {
    return `v${this.version}`;
  }

  /** The changes that its installer needs, in the order of the files' use, for a cluster with these add-ons. */
  patchesFor(addOns: readonly AddOn[]): readonly Patch[] {
    return this.breakages
      .filter(({ unless }) => unless === undefined || !addOns.includes(unless))
      .flatMap(({ patches }) => patches);
  }

  toString(): string {
    return this.version;
  }
}
