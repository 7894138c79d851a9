import { matchesWildcard } from "@groundwork/constructs/core";
import type { AcceptedFinding } from "./accepted-finding";

/** A failed check of the scanner for one resource. */
export interface Finding {
  readonly check: string;
  readonly stack: string;
  /** Logical name of the resource; checkov prints the type for some checks only. */
  readonly resource: string;
  /** Title of the check. */
  readonly title: string;
}

/** The evaluated findings. */
export interface ScanResult {
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
  /** Findings without a reason. */
  readonly open: readonly Finding[];
  /** Reasons without a finding. */
  readonly unused: readonly AcceptedFinding[];
}

/** Matches findings with the reasons for accepting them. */
export function evaluate(findings: readonly Finding[], reasons: readonly AcceptedFinding[]): ScanResult {
  const matched = findings.map((finding) => ({
    finding,
    entry: reasons.find((entry) => covers(entry, finding)),
  }));
  return {
    accepted: matched.flatMap(({ finding, entry }) => (entry === undefined ? [] : [{ finding, reason: entry.reason }])),
    open: matched.filter(({ entry }) => entry === undefined).map(({ finding }) => finding),
    unused: reasons.filter((reason) => !matched.some(({ entry }) => entry === reason)),
  };
}

/** The result of a scan of some stacks: a reason that also applies to a stack that was not scanned may have its finding there. */
export function ofScanned(result: ScanResult, all: readonly string[], scanned: readonly string[]): ScanResult {
  const matching = (patterns: readonly string[]) =>
    all.filter((id) => patterns.some((each) => matchesWildcard(each, id)));
  const isComplete = ({ stacks }: AcceptedFinding) => matching(stacks).every((id) => scanned.includes(id));
  return { ...result, unused: result.unused.filter(isComplete) };
}

function covers({ check, stacks, resource }: AcceptedFinding, finding: Finding): boolean {
  return (
    stacks.some((pattern) => matchesWildcard(pattern, finding.stack)) &&
    check === finding.check &&
    finding.resource.startsWith(resource)
  );
}

interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
    readonly parsing_errors: readonly string[];
  };
}

/** Parses the output of checkov with `-o json`: one report, or one per framework. */
export function readFindings(stack: string, json: string): readonly Finding[] {
  const parsed = JSON.parse(json) as CheckovReport | readonly CheckovReport[];
  const reports = Array.isArray(parsed) ? (parsed as readonly CheckovReport[]) : [parsed as CheckovReport];
  const unread = reports.flatMap(({ results }) => results?.parsing_errors ?? []);
  if (unread.length > 0) throw new Error(`checkov could not read ${unread.join(", ")}`);
  return reports
    .flatMap(({ results }) => results?.failed_checks ?? [])
    .map(({ check_id, check_name, resource }) => ({
      check: check_id,
      stack,
      resource: resource.slice(resource.lastIndexOf(".") + 1),
      title: check_name,
    }));
}
