/** What fits a minor version of Kubernetes. */
export interface VersionFacts {
  /** Last day of standard support. */
  readonly standardUntil: string;
  /** Last day of extended support, which is billed. */
  readonly extendedUntil: string;
  /** Image of the cluster autoscaler: same minor, latest patch. */
  readonly autoscalerImage: string;
  /** Lines of cert-manager that support the minor. */
  readonly certManagerLines: readonly string[];
}

/** Day on which this table was last compared with AWS's calendar and the projects' releases. */
export const REVIEWED_ON = "2026-11-24";

/**
 * Versions that fit together. Sources: the EKS release calendar, the autoscaler's and cert-manager's release pages.
 * The ends of 1.35 and 1.36 are derived from their beginnings: fourteen months of standard and twelve of extended support.
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
    standardUntil: "2027-08-31",
    extendedUntil: "2028-08-31",
    autoscalerImage: "v1.36.1",
    certManagerLines: ["1.21"],
  },
};

/** Chart of the cluster autoscaler. It runs every minor above when the image is named. */
export const AUTOSCALER_CHART = "9.59.0";

/** What an hour of extended support costs a cluster beyond the ten cents of every cluster, in US dollars. */
export const EXTENDED_SUPPORT_PER_HOUR = 0.5;
