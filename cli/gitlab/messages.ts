import type { Sight } from "./machine-status";

/** How a machine is, as one line. */
export function sightInWords({ noun, instanceId, launchedAt, report }: Sight, now: Date): string {
  const begin = noun.padEnd(8);
  if (instanceId === undefined) return `${begin} does not exist`;
  if (report === undefined) return `${begin} ${lasted(launchedAt, now)}: ${instanceId} has not spoken yet`;
  if (report.state === "done") return `${begin} done after ${lasted(launchedAt, report.at)}`;
  if (report.state === "failed") return `${begin} failed in step ${report.step} after ${lasted(launchedAt, report.at)}`;
  return `${begin} ${lasted(launchedAt, now)}: ${report.step}${lastLine(report.lines)}`;
}

/** A span of time as a person says it. */
export function lasted(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** Lines of a log, set apart from our own. */
export function quoted(lines: readonly string[]): string {
  return lines.map((line) => `  | ${line}`).join("\n");
}

/** What the log ends with; the mark with which a step begins says nothing new. */
function lastLine(lines: readonly string[]): string {
  const last = lines.at(-1) ?? "";
  return last === "" || last.startsWith("== ") ? "" : ` | ${last.slice(0, 100)}`;
}

/** Why AWS did not answer, as one sentence; nothing for what may be otherwise in a moment. */
export function refusalInWords(error: unknown): string | undefined {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/CredentialsProvider|InvalidClientTokenId|AuthFailure|UnrecognizedClient|SignatureDoesNotMatch/.test(name))
    return `AWS knows no login of yours (${name}); log in as for cdktf deploy, for example aws sso login and AWS_PROFILE`;
  if (/Expired/.test(name)) return `your login at AWS has expired (${name}); log in again`;
  if (/AccessDenied|UnauthorizedOperation/.test(name))
    return `AWS does not let you look: ${message}; needed are ec2:DescribeInstances, ssm:GetParameters, ec2:GetConsoleOutput`;
  return undefined;
}
