import { formatDuration } from "../first-boot/messages";
import type { MachineStatus } from "./machine-status";

/** The state of a machine as one line. */
export function statusLine({ noun, instanceId, launchedAt, report }: MachineStatus, now: Date): string {
  const prefix = noun.padEnd(8);
  if (instanceId === undefined) return `${prefix} does not exist`;
  if (report === undefined) return `${prefix} ${between(launchedAt, now)}: ${instanceId} has not reported yet`;
  if (report.state === "done") return `${prefix} done after ${between(launchedAt, report.at)}`;
  if (report.state === "failed")
    return `${prefix} failed in step ${report.step} after ${between(launchedAt, report.at)}`;
  return `${prefix} ${between(launchedAt, now)}: ${report.step}${lastLine(report.lines)}`;
}

/** The time between two dates. */
export function between(from: Date, to: Date): string {
  return formatDuration(to.getTime() - from.getTime());
}

/** The last line of a log, except for the marker line at the start of a step. */
function lastLine(lines: readonly string[]): string {
  const last = lines.at(-1) ?? "";
  return last === "" || last.startsWith("== ") ? "" : ` | ${last.slice(0, 100)}`;
}

/** Message for an AWS error that a retry cannot resolve; undefined for any other error. */
export function awsErrorMessage(error: unknown): string | undefined {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/CredentialsProvider|InvalidClientTokenId|AuthFailure|UnrecognizedClient|SignatureDoesNotMatch/.test(name))
    return `no valid AWS credentials (${name}); log in as for cdktf deploy, for example with aws sso login and AWS_PROFILE`;
  if (/Expired/.test(name)) return `the AWS credentials have expired (${name}); log in again`;
  if (/AccessDenied|UnauthorizedOperation/.test(name))
    return `access denied by AWS: ${message}; required are ec2:DescribeInstances, ssm:GetParameters, ec2:GetConsoleOutput`;
  return undefined;
}
