import type { Accepted } from "./accepted";

/** One thing the scanner says about one resource. */
export interface Finding {
  readonly check: string;
  readonly stack: string;
  /** Logical name of the resource; checkov writes its type for some checks only. */
  readonly resource: string;
  /** What the check demands. */
  readonly demand: string;
}

/** Findings with their reasons, those without one, and reasons that nothing needs any more. */
export interface Verdict {
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly open: readonly Finding[];
  readonly idle: readonly Accepted[];
}

/** Lays the findings beside the reasons. */
export function judge(findings: readonly Finding[], reasons: readonly Accepted[]): Verdict {
  const judged = findings.map((finding) => ({ finding, reason: reasons.find((one) => covers(one, finding)) }));
  return {
    accepted: judged.flatMap(({ finding, reason }) =>
      reason === undefined ? [] : [{ finding, reason: reason.reason }],
    ),
    open: judged.filter(({ reason }) => reason === undefined).map(({ finding }) => finding),
    idle: reasons.filter((one) => !judged.some(({ reason }) => reason === one)),
  };
}

function covers({ check, stacks, resource }: Accepted, finding: Finding): boolean {
  const inStack = stacks.some(
    (pattern) => pattern === finding.stack || (pattern.startsWith("*") && finding.stack.endsWith(pattern.slice(1))),
  );
  return inStack && check === finding.check && finding.resource.startsWith(resource);
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

/** Reads what checkov prints with `-o json`: one report, or one for each framework. */
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
      demand: check_name,
    }));
}
