/** Severities of findings, the most severe first. */
export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED", "UNTRIAGED"] as const;

/** A known vulnerability of a package in an image. */
export interface ScanFinding {
  /** Number of the vulnerability: `CVE-2026-1234`. */
  readonly name: string;
  readonly severity: string;
  /** Package and version; empty when the scan names none. */
  readonly subject: string;
}

/** The result of a scan, or why there is none. */
export type Scan =
  | { readonly kind: "complete"; readonly findings: readonly ScanFinding[] }
  | { readonly kind: "running" }
  | { readonly kind: "missing"; readonly reason: string };

/** How findings and missing scans are treated. */
export interface ScanPolicy {
  /** Names of critical findings that do not block. */
  readonly accepted: readonly string[];
  /** Whether an image without a complete scan is promoted. */
  readonly withoutScan: boolean;
}

/** What a scan means for a promotion. */
export interface ScanVerdict {
  /** Lines to print before the promotion. */
  readonly lines: readonly string[];
  /** Why the image is not promoted; empty when it is. */
  readonly problems: readonly string[];
}

/** Judges the scans of an image: one of each platform. */
export function judge(image: string, scans: readonly Scan[], policy: ScanPolicy): ScanVerdict {
  const findings = unique(scans.flatMap((scan) => (scan.kind === "complete" ? scan.findings : [])));
  const blocking = findings.filter(({ severity, name }) => severity === "CRITICAL" && !isAccepted(name, policy));
  const unknown = [...new Set(scans.flatMap((scan) => (scan.kind === "complete" ? [] : [sentenceOf(scan)])))];
  return {
    lines: [
      ...unknown.map((sentence) => `${image}: ${sentence}`),
      ...(unknown.length > 0 && findings.length === 0 ? [] : [`${image}: ${countsOf(findings)}`]),
      ...sorted(findings).map((finding) => `  ${findingLine(finding, policy)}`),
    ],
    problems: [
      ...(policy.withoutScan ? [] : unknown.map((sentence) => `${image}: ${sentence}; or pass --without-scan`)),
      ...(blocking.length === 0
        ? []
        : [
            `${image} has critical findings; build it from corrected sources, or accept each one: ` +
              blocking.map(({ name }) => `--accept ${name}`).join(" "),
          ]),
    ],
  };
}

function sentenceOf(scan: Exclude<Scan, { readonly kind: "complete" }>): string {
  return scan.kind === "running"
    ? "the scan is in progress; run the command again when it has ended"
    : `there is no scan (${scan.reason}); start one with aws ecr start-image-scan`;
}

function isAccepted(name: string, { accepted }: ScanPolicy): boolean {
  return accepted.some((one) => one.toUpperCase() === name.toUpperCase());
}

/** Packages of several platforms have the same findings. */
function unique(findings: readonly ScanFinding[]): readonly ScanFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.name} ${finding.subject}`, finding])).values()];
}

function countsOf(findings: readonly ScanFinding[]): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0
    ? "the scan has no findings"
    : counts.map(({ severity, count }) => `${count} ${severity.toLowerCase()}`).join(", ");
}

function sorted(findings: readonly ScanFinding[]): readonly ScanFinding[] {
  const rank = ({ severity }: ScanFinding) => {
    const index = (SEVERITIES as readonly string[]).indexOf(severity);
    return index < 0 ? SEVERITIES.length : index;
  };
  return [...findings].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

function findingLine({ name, severity, subject }: ScanFinding, policy: ScanPolicy): string {
  const accepted = severity === "CRITICAL" && isAccepted(name, policy) ? " (accepted)" : "";
  return `${severity.toLowerCase().padEnd(13)} ${name}${subject === "" ? "" : ` ${subject}`}${accepted}`;
}
