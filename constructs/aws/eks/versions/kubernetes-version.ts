import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { EXTENDED_SUPPORT_PER_HOUR, REVIEWED_ON, VERSIONS } from "./version-matrix";
import { EKS001, EKS002, EKS003 } from "../rules";

/** Support phase of a version on EKS. */
export type SupportPhase = "standard" | "extended" | "over";

const HOURS_PER_MONTH = 730;

/**
 * Defines a minor version of Kubernetes and the component versions compatible with it.
 *
 * @example KubernetesVersion.V1_35; KubernetesVersion.of("1.34")
 */
export class KubernetesVersion {
  /** Kubernetes 1.33. */
  static readonly V1_33 = KubernetesVersion.of("1.33");
  /** Kubernetes 1.34. */
  static readonly V1_34 = KubernetesVersion.of("1.34");
  /** Kubernetes 1.35. */
  static readonly V1_35 = KubernetesVersion.of("1.35");
  /** Kubernetes 1.36. */
  static readonly V1_36 = KubernetesVersion.of("1.36");

  /** A version by its number. Rejects versions that are not in the table. */
  static of(minor: string): KubernetesVersion {
    const facts = Object.hasOwn(VERSIONS, minor) ? VERSIONS[minor] : undefined;
    if (facts === undefined)
      throw EKS001.violation({
        given: `Kubernetes version "${minor}"`,
        fix: `use one of ${Object.keys(VERSIONS).join(", ")}`,
      });
    const { standardUntil, extendedUntil, autoscalerImage, certManagerLines } = facts;
    return new KubernetesVersion(minor, standardUntil, extendedUntil, autoscalerImage, certManagerLines);
  }

  private constructor(
    /** Major and minor number, for example `1.33`. */
    readonly minor: string,
    /** Last day of standard support, for example `2026-07-29`. */
    readonly standardSupportUntil: string,
    /** Last day of extended support. */
    readonly extendedSupportUntil: string,
    /** Image tag of the cluster autoscaler for this version. */
    readonly autoscalerImage: string,
    /** Minor versions of cert-manager that support this version. */
    readonly certManagerLines: readonly string[],
  ) {}

  /** Whether both are the same minor version. */
  equals(other: KubernetesVersion): boolean {
    return this.minor === other.minor;
  }

  /** Support phase of the version on a day, written as `2026-11-24`. */
  supportOn(day: string): SupportPhase {
    if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day))
      throw EKS003.violation({ given: `day "${day}"`, fix: 'write it as "2026-11-24"' });
    if (day <= this.standardSupportUntil) return "standard";
    return day <= this.extendedSupportUntil ? "extended" : "over";
  }

  /**
   * Warns when the version is in extended support and rejects it after the end of extended support.
   *
   * The date is an argument, because synthesis that reads the clock would not be reproducible. The default is the date of the last
   * review of the version table.
   */
  checkSupport(at: Construct, today = REVIEWED_ON): SupportPhase {
    const phase = this.supportOn(today);
    if (phase === "over")
      throw EKS002.violation({
        at,
        given: `Kubernetes ${this.minor}, whose extended support ended on ${this.extendedSupportUntil}`,
        fix: "choose a newer version; a cluster is upgraded one minor at a time",
      });
    if (phase === "extended")
      Annotations.of(at).addWarning(
        `Kubernetes ${this.minor} has been in extended support since ${this.standardSupportUntil}: ` +
          `$${EXTENDED_SUPPORT_PER_HOUR.toFixed(2)} more for each hour, about ` +
          `$${Math.round(EXTENDED_SUPPORT_PER_HOUR * HOURS_PER_MONTH)} a month, until ${this.extendedSupportUntil}`,
      );
    return phase;
  }

  /** Minor version, such as `1.35`. */
  toString(): string {
    return this.minor;
  }
}
