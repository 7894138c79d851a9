/** What a machine tells of its first boot; `constructs/gitlab/programs/report-first-boot.py` writes it. */
export interface Report {
  readonly state: "running" | "failed" | "done";
  /** Step it is in, or failed in. */
  readonly step: string;
  /** What the step that failed ended with. */
  readonly code: number;
  /** When it came to this. */
  readonly at: Date;
  /** Machine that tells: its predecessor's words stay in the parameter until it speaks itself. */
  readonly instance: string;
  /** The end of the log. */
  readonly lines: readonly string[];
}

/** Reads what stands in a parameter; nothing when no machine has spoken yet. */
export function readReport(text: string): Report | undefined {
  const told = parsed(text);
  const { state, step, code, at, instance, lines } = told;
  if (state !== "running" && state !== "failed" && state !== "done") return undefined;
  if (typeof step !== "string" || typeof at !== "string" || typeof instance !== "string") return undefined;
  return {
    ...{ state, step: step.replace(/^\d+-/, ""), code: Number(code), at: new Date(at), instance },
    lines: Array.isArray(lines) ? lines.map(String) : [],
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
