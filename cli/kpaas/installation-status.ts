import type { Remote } from "./ssh";

/** Progress of an installation. */
export interface InstallationStatus {
  /** `pending` until the first boot starts. */
  readonly state: "pending" | "running" | "done" | "failed" | "decision";
  /** Current or stopped phase; the name of the step outside of the phases. */
  readonly phase: string;
  /** Last message of the phase. */
  readonly message: string;
  /** Time in the phase; the total time when the installation is done. */
  readonly durationMs: number;
  /** File of the current log. */
  readonly log: string;
  /** Last line of the log. */
  readonly lastLine: string;
  /** Domain of the portal; empty when there is none. */
  readonly domain: string;
  /** Whether the operator still has to move a share of OpenBao's key off the machine. */
  readonly hasKeyShare: boolean;
}

/** Log of the first boot, whose steps include the phases. */
const FIRST_BOOT_LOG = "/var/log/groundwork/first-boot.log";

/**
 * Lines that are shown without a request, as a pattern for grep: messages of the phases, and the tasks of a playbook. Other output
 * of a deployment may contain confidential values, and the terminal may be the log of a pipeline.
 */
const SHOWN = "^(.\\[[0-9;]*m)?(kpaas: |TASK |PLAY )";

/** Reads the status in one connection; changes nothing. */
const STATUS_SCRIPT = `field() { printf '%s=%s\\n' "$1" "$(printf %s "$2" | head -n 1)"; }
content() { cat "$1" 2>/dev/null; }
state=$(content /var/lib/groundwork/first-boot)
phase=$(content /var/lib/kpaas/status.json | sed -n 's/.*"phase":"\\([a-z0-9-]*\\)".*/\\1/p')
log=/var/log/kpaas/$phase.log
[ -n "$phase" ] && [ -e "$log" ] || log=${FIRST_BOOT_LOG}
end=$(tail -c 200000 "$log" 2>/dev/null || sudo -n tail -c 200000 "$log" 2>/dev/null)
field now "$(date -u +%s)"
field started "$(stat -c %Y /etc/kpaas/kpaas.env 2>/dev/null)"
field state "$state"
field step "$(content /var/lib/groundwork/status.json)"
field phase "$(content /var/lib/kpaas/status.json)"
field log "$log"
case $log in /var/log/kpaas/*) shown='${SHOWN}' ;; *) shown=. ;; esac
field last "$(printf '%s\\n' "$end" | grep -E "$shown" | tail -n 1)"
field message "$(printf '%s\\n' "$end" | awk '/^== /{m=""} /^kpaas: /{m=substr($0,8)} END{print m}')"
field domain "$(sed -n "s/^HOST_DOMAIN='\\{0,1\\}\\([^']*\\)'\\{0,1\\}$/\\1/p" /etc/kpaas/portal.env 2>/dev/null)"
[ -n "$state" ] || field cloud "$(cloud-init status 2>/dev/null | sed -n 's/^status: //p')"
[ "$state" != done ] || field share "$(sudo -n test -e /root/kpaas-openbao-share && echo exists)"`;

/** Requests the status of an installation. */
export async function installationStatus(ssh: Remote): Promise<InstallationStatus> {
  const { out } = await ssh.run(STATUS_SCRIPT);
  return parseStatus(out, ssh.host);
}

/** Parses the output of the status script. */
export function parseStatus(out: string, host: string): InstallationStatus {
  const fields = new Map(
    out.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const),
  );
  const field = (name: string) => fields.get(name) ?? "";
  const hasBooted = field("state") !== "" || /^(done|degraded)/.test(field("cloud"));
  if (hasBooted && field("started") === "")
    throw new Error(
      `${host} is not an install host: it has no /etc/kpaas/kpaas.env; specify the address of the first control plane node`,
    );
  const progress = progressOf({
    state: field("state"),
    cloudInit: field("cloud"),
    message: field("message"),
    phase: json(field("phase")),
    step: json(field("step")),
    now: Number(field("now")) * 1_000,
    started: Number(field("started")) * 1_000,
    log: logFile(field("log")),
  });
  return { ...progress, lastLine: field("last"), domain: field("domain"), hasKeyShare: field("share") !== "" };
}

/** The file is used in commands. `/var/log` may be below another root directory. */
function logFile(text: string): string {
  return /^(\/[A-Za-z0-9][A-Za-z0-9._-]*)*\/var\/log(\/[a-z0-9][a-z0-9.-]*)+$/.test(text) ? text : FIRST_BOOT_LOG;
}

/** Parsed fields of the status script; times in milliseconds. */
interface Fields {
  readonly state: string;
  readonly cloudInit: string;
  readonly message: string;
  readonly phase: Readonly<Record<string, string>>;
  readonly step: Readonly<Record<string, string>>;
  readonly now: number;
  readonly started: number;
  readonly log: string;
}

type Progress = Pick<InstallationStatus, "state" | "phase" | "message" | "durationMs" | "log">;

/** The state of the first boot decides: after a restart, the status of a phase is out of date for a moment. */
function progressOf(fields: Fields): Progress {
  switch (fields.state) {
    case "done":
      return doneProgress(fields);
    case "failed":
      return failedProgress(fields);
    case "":
      return pendingProgress(fields);
    default:
      return runningProgress(fields);
  }
}

function doneProgress({ phase, step, now, started, log }: Fields): Progress {
  const ended = Date.parse(step["at"] ?? "") || now;
  const durationMs = Math.max(0, ended - started);
  return { state: "done", phase: "", message: phase["word"] ?? "", durationMs, log };
}

function failedProgress({ phase, step, now, log }: Fields): Progress {
  const { state } = phase;
  if (state === "failed" || state === "decision") {
    const durationMs = since(phase["startedAt"], Date.parse(phase["at"] ?? "") || now);
    return { state, phase: phase["phase"] ?? "", message: phase["word"] ?? "", durationMs, log };
  }
  const message = `ended with code ${step["code"] ?? "?"}`;
  const durationMs = since(step["startedAt"], now);
  return { state: "failed", phase: stepName(step), message, durationMs, log: FIRST_BOOT_LOG };
}

function pendingProgress({ cloudInit, log }: Fields): Progress {
  if (cloudInit !== "error") return { state: "pending", phase: "", message: cloudInit, durationMs: 0, log };
  const message = "ended with an error";
  return { state: "failed", phase: "cloud-init", message, durationMs: 0, log: "/var/log/cloud-init-output.log" };
}

function runningProgress({ message, phase, step, now, log }: Fields): Progress {
  if (phase["state"] === "running") {
    const durationMs = since(phase["startedAt"], now);
    return { state: "running", phase: phase["phase"] ?? "", message, durationMs, log };
  }
  const durationMs = since(step["startedAt"], now);
  return { state: "running", phase: stepName(step), message: "", durationMs, log: FIRST_BOOT_LOG };
}

function since(from: string | undefined, to: number): number {
  return Math.max(0, to - (Date.parse(from ?? "") || to));
}

/** Name of a step without the number that orders it. */
function stepName(step: Readonly<Record<string, string>>): string {
  return (step["step"] ?? "").replace(/^\d+-/, "");
}

/** The last lines of a log, of those that are shown without a request. */
export async function lastLines(ssh: Remote, log: string, lines = 20): Promise<readonly string[]> {
  const shown = log.startsWith("/var/log/kpaas/") ? SHOWN : ".";
  const { out } = await ssh.run(
    `{ sudo -n cat ${log} || cat ${log}; } 2>/dev/null | grep -E '${shown}' | tail -n ${lines}`,
  );
  return out.trimEnd().split(/\r?\n/);
}

function json(text: string): Readonly<Record<string, string>> {
  try {
    const read = JSON.parse(text) as unknown;
    const entries = Object.entries(read ?? {}).map(([name, value]) => [name, String(value)]);
    return Object.fromEntries(entries) as Readonly<Record<string, string>>;
  } catch {
    return {};
  }
}
