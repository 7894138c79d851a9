import type { Remote } from "./ssh";

/** How far an installation is. */
export interface Sight {
  /** `silent` as long as the first boot has not begun. */
  readonly state: "silent" | "running" | "done" | "failed" | "decision";
  /** Phase that it is in or stopped in; of a step before the phases, its name. */
  readonly phase: string;
  /** The last word about it. */
  readonly word: string;
  /** How long it is in the phase; of one that is done, how long all of it took. */
  readonly ms: number;
  /** Where everything is that was said. */
  readonly log: string;
  /** What was said last. */
  readonly lastLine: string;
  /** Domain of the portal; empty when there is none. */
  readonly domain: string;
  /** Whether a part of OpenBao's key waits to be taken away. */
  readonly keyPart: boolean;
}

/** Where the first boot itself writes, in which the phases are steps. */
const FIRST_BOOT_LOG = "/var/log/groundwork/first-boot.log";

/**
 * Lines that may be shown unasked, as grep takes them: our own words, and what a playbook is at. What else a deployment says may
 * hold what is not everybody's, and a terminal may be a pipeline's log.
 */
const OURS = "^(.\\[[0-9;]*m)?(kpaas: |TASK |PLAY )";

/** One look, in one connection. Nothing is changed by it. */
const LOOK = `say() { printf '%s=%s\\n' "$1" "$(printf %s "$2" | head -n 1)"; }
is() { cat "$1" 2>/dev/null; }
state=$(is /var/lib/groundwork/first-boot)
phase=$(is /var/lib/kpaas/status.json | sed -n 's/.*"phase":"\\([a-z0-9-]*\\)".*/\\1/p')
log=/var/log/kpaas/$phase.log
[ -n "$phase" ] && [ -e "$log" ] || log=${FIRST_BOOT_LOG}
end=$(tail -c 200000 "$log" 2>/dev/null || sudo -n tail -c 200000 "$log" 2>/dev/null)
say now "$(date -u +%s)"
say began "$(stat -c %Y /etc/kpaas/kpaas.env 2>/dev/null)"
say state "$state"
say step "$(is /var/lib/groundwork/status.json)"
say phase "$(is /var/lib/kpaas/status.json)"
say log "$log"
case $log in /var/log/kpaas/*) shown='${OURS}' ;; *) shown=. ;; esac
say last "$(printf '%s\\n' "$end" | grep -E "$shown" | tail -n 1)"
say word "$(printf '%s\\n' "$end" | awk '/^== /{w=""} /^kpaas: /{w=substr($0,8)} END{print w}')"
say domain "$(sed -n "s/^HOST_DOMAIN='\\{0,1\\}\\([^']*\\)'\\{0,1\\}$/\\1/p" /etc/kpaas/portal.env 2>/dev/null)"
[ -n "$state" ] || say cloud "$(cloud-init status 2>/dev/null | sed -n 's/^status: //p')"
[ "$state" != done ] || say share "$(sudo -n test -e /root/kpaas-openbao-share && echo there)"`;

/** Looks once. */
export async function look(ssh: Remote): Promise<Sight> {
  const { out } = await ssh.run(LOOK);
  return readSight(out, ssh.host);
}

/** Reads what a look has found. */
export function readSight(out: string, host: string): Sight {
  const found = new Map(
    printable(out)
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const),
  );
  const value = (name: string) => found.get(name) ?? "";
  const state = value("state");
  const booted = state !== "" || /^(done|degraded)/.test(value("cloud"));
  if (booted && value("began") === "")
    throw new Error(
      `${host} is no install host: it has no /etc/kpaas/kpaas.env; give the first control plane's address`,
    );
  const phase = json(value("phase"));
  const step = json(value("step"));
  const from = { ...{ host, state, phase, step }, cloud: value("cloud"), word: value("word") };
  const common = { lastLine: value("last"), domain: value("domain"), keyPart: value("share") !== "" };
  return { ...common, ...whereItIs(from, Number(value("now")) * 1_000, Number(value("began")) * 1_000, value("log")) };
}

interface Told {
  readonly state: string;
  readonly cloud: string;
  readonly word: string;
  readonly phase: Readonly<Record<string, string>>;
  readonly step: Readonly<Record<string, string>>;
}

type Where = Pick<Sight, "state" | "phase" | "word" | "ms" | "log">;

/** The first boot has the last word: what a phase has said stays for a moment when it is gone on with. */
function whereItIs({ state, cloud, word, phase, step }: Told, now: number, began: number, log: string): Where {
  const name = (step["step"] ?? "").replace(/^\d+-/, "");
  const since = (from: string | undefined, to = now) => Math.max(0, to - (Date.parse(from ?? "") || to));
  const told = { phase: phase["phase"] ?? "", word: phase["word"] ?? "", log };
  if (state === "done") {
    const ended = Date.parse(step["at"] ?? "") || now;
    return { ...told, state, phase: "", ms: Math.max(0, ended - began) };
  }
  if (state === "failed") {
    const ms = since(phase["startedAt"], Date.parse(phase["at"] ?? "") || now);
    const how = phase["state"];
    if (how === "failed" || how === "decision") return { ...told, state: how, ms };
    const code = `ended with code ${step["code"] ?? "?"}`;
    return { state, phase: name, word: code, ms: since(step["startedAt"]), log: FIRST_BOOT_LOG };
  }
  if (state === "" && cloud === "error")
    return {
      state: "failed",
      phase: "cloud-init",
      word: "ended with an error",
      ms: 0,
      log: "/var/log/cloud-init-output.log",
    };
  if (state === "") return { ...told, state: "silent", phase: "", word: cloud, ms: 0 };
  if (phase["state"] === "running") return { ...told, state: "running", word, ms: since(phase["startedAt"]) };
  return { state: "running", phase: name, word: "", ms: since(step["startedAt"]), log: FIRST_BOOT_LOG };
}

/** The end of a log, as far as it may be shown unasked. */
export async function lastLines(ssh: Remote, log: string, lines = 20): Promise<readonly string[]> {
  const shown = log.startsWith("/var/log/kpaas/") ? OURS : ".";
  const { out } = await ssh.run(
    `{ sudo -n cat ${log} || cat ${log}; } 2>/dev/null | grep -E '${shown}' | tail -n ${lines}`,
  );
  return printable(out).trimEnd().split("\n");
}

/** What comes from a machine is shown on a terminal, and must not command it. */
export function printable(text: string): string {
  return text.replace(/\x1b\[[0-9;]*[A-Za-z]|[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, "");
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
