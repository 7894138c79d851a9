/** A machine's report of its first boot, written by `constructs/gitlab/programs/report-first-boot.py`. */
export interface BootReport {
  readonly state: "running" | "failed" | "done";
  /** Current or failed step. */
  readonly step: string;
  /** Exit code of the failed step. */
  readonly code: number;
  /** Time of this report. */
  readonly at: Date;
  /** Instance that wrote the report. Until a new instance reports, the parameter contains its predecessor's report. */
  readonly instance: string;
  /** Last lines of the log. */
  readonly lines: readonly string[];
}

/** Reads the content of an SSM parameter; undefined when no machine has reported yet. */
export function readBootReport(text: string): BootReport | undefined {
  const { state, step, code, at, instance, lines } = parsed(text);
  if (state !== "running" && state !== "failed" && state !== "done") return undefined;
  if (typeof step !== "string" || typeof at !== "string" || typeof instance !== "string") return undefined;
  return {
    state,
    step: step.replace(/^\d+-/, ""),
    code: Number(code),
    at: new Date(at),
    instance,
    lines: Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [],
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
