/** Compatibility of a minor version of Kubernetes. */
export interface VersionFacts {
  /** Last day of standard support. */
  readonly standardUntil: string;
  /** Last day of extended support, which is billed. */
  readonly extendedUntil: string;
  /** Image tag of the cluster autoscaler: same minor, latest patch. */
  readonly autoscalerImage: string;
  /** Minor versions of cert-manager that support this version. */
  readonly certManagerLines: readonly string[];
}

/** Date on which this table was last compared with the EKS calendar and the releases of the projects. */
export const REVIEWED_ON = "2026-11-29";

/**
 * Compatible versions. Sources: the EKS release calendar (in the copy of endoflife.date), the release pages of the cluster autoscaler
 * and of cert-manager. Node images for 1.37 exist since October 2026, but its availability on EKS is not confirmed, so it is missing.
 * The review is described in docs/versions.md.
 */
export const VERSIONS: Readonly<Record<string, VersionFacts>> = {
  "1.33": {
    standardUntil: "2026-07-29",
    extendedUntil: "2027-07-29",
    autoscalerImage: "v1.33.6",
    certManagerLines: ["1.20", "1.21"],
  },
  "1.34": {
    standardUntil: "2026-12-02",
    extendedUntil: "2027-12-02",
    autoscalerImage: "v1.34.5",
    certManagerLines: ["1.20", "1.21"],
  },
  "1.35": {
    standardUntil: "2027-03-27",
    extendedUntil: "2028-03-27",
    autoscalerImage: "v1.35.2",
    certManagerLines: ["1.20", "1.21"],
  },
  "1.36": {
    standardUntil: "2027-08-02",
    extendedUntil: "2028-08-02",
    autoscalerImage: "v1.36.1",
    certManagerLines: ["1.21"],
  },
};

/** Chart version of the cluster autoscaler. It supports every minor above when the image is set. */
export const AUTOSCALER_CHART = "9.59.0";

/** Extra cost of extended support per cluster and hour in US dollars, in addition to the $0.10 of every cluster. */
export const EXTENDED_SUPPORT_PER_HOUR = 0.5;
