import { quotedLines } from "../first-boot/messages";
import type { MarkedLine } from "../reporter";
import { missingProgram } from "./missing-program";
import { ReportError } from "./report-error";

/** The fields of the errors of Node, undici and the AWS SDK that are used here. */
interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly address?: string;
}

/** How an error of the system is explained; undefined where the explanation does not apply. */
type Explanation = (error: SystemError) => string | undefined;

const NO_SPACE: Explanation = ({ path }) =>
  `no space left on the disk${path === undefined ? "" : ` of ${path}`}; free some space, then run the command again`;

const NO_PERMISSION: Explanation = ({ path }) =>
  path === undefined ? undefined : `no permission to access ${path}; change its owner or permissions`;

const NO_CONNECTION: Explanation = ({ code = "", hostname, address, port }) => {
  const host = hostname ?? (address === undefined ? undefined : `${address}${port === undefined ? "" : `:${port}`}`);
  const target = host === undefined ? "" : ` to ${host}`;
  return `no connection${target} (${code}); check the network, and HTTPS_PROXY if a proxy is required`;
};

const PORT_IN_USE: Explanation = ({ port }) =>
  `port ${port ?? ""} is in use by another program; stop that program, or choose another port with --port`;

/** Explanations by the code of the error. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: ({ path = "" }) => `${path} is on a read-only file system; use another directory`,
  EADDRINUSE: PORT_IN_USE,
  ENOTFOUND: NO_CONNECTION,
  EAI_AGAIN: NO_CONNECTION,
  ECONNREFUSED: NO_CONNECTION,
  ECONNRESET: NO_CONNECTION,
  EHOSTUNREACH: NO_CONNECTION,
  ENETUNREACH: NO_CONNECTION,
  ETIMEDOUT: NO_CONNECTION,
  UND_ERR_CONNECT_TIMEOUT: NO_CONNECTION,
  ENOENT: ({ syscall = "", path = "" }) =>
    syscall.startsWith("spawn") ? missingProgram(path) : path === "" ? undefined : `no file ${path}`,
};

/** Explanations by the name of an error of the AWS SDK. */
const AWS: readonly (readonly [RegExp, string])[] = [
  [
    /CredentialsProvider|InvalidClientTokenId|AuthFailure|UnrecognizedClient|SignatureDoesNotMatch/,
    "no valid AWS credentials; log in as for cdktf deploy, for example with aws sso login and AWS_PROFILE",
  ],
  [/ExpiredToken|RequestExpired/, "the AWS credentials have expired; log in again"],
];

/** One sentence with the cause and the fix, for the operator. */
export function errorMessage(error: unknown): string {
  for (const cause of causesOf(error)) {
    const message = EXPLANATIONS[cause.code ?? ""]?.(cause) ?? awsMessage(cause);
    if (message !== undefined) return message;
  }
  if (!(error instanceof Error)) return String(error);
  return isDefect(error)
    ? `${error.message}; this is a defect of groundwork: report it with the output of --verbose`
    : error.message;
}

/**
 * An error as lines. Further lines of a message can be the output of another program or the response of a cloud: they are quoted, so that
 * none of them looks like a line of this program, or runs when it is pasted into a shell.
 */
export function errorLines(error: unknown): readonly (string | MarkedLine)[] {
  const [first = "", ...others] = error instanceof ReportError ? error.lines : messageLines(errorMessage(error));
  return [{ mark: "error:", colour: "red", text: first }, ...others];
}

/** The stack trace of an error and of the errors that caused it. */
export function stackLines(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { stack = "", message } = error;
  const end = stack.includes(message) ? stack.indexOf(message) + message.length : stack.length;
  const [rest = "", ...frames] = stack.slice(end).split("\n");
  const [cause, ...causes] = stackLines(error.cause);
  return [
    ...messageLines(stack.slice(0, end) + rest),
    ...frames,
    ...(cause === undefined ? [] : [`caused by ${cause}`, ...causes]),
  ];
}

function messageLines(message: string): readonly string[] {
  const [first = "", ...others] = message.trimEnd().split(/\r?\n/);
  return [first, ...quotedLines(others)];
}

/** The error and the errors that caused it. */
function causesOf(error: unknown): readonly SystemError[] {
  if (!isErrorLike(error)) return [];
  const nested = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return [error, ...causesOf(error.cause), ...nested.flatMap(causesOf)];
}

/** Not `instanceof`, which fails for errors of another realm. */
function isErrorLike(error: unknown): error is SystemError {
  return typeof error === "object" && error !== null && "message" in error;
}

function awsMessage({ name, message }: Error): string | undefined {
  const [, fix] = AWS.find(([pattern]) => pattern.test(name)) ?? [];
  return fix === undefined ? undefined : `${message.replace(/\.$/, "")}: ${fix}`;
}

/** Whether it is an error of the program itself, not of its input or its environment. */
function isDefect(error: Error): boolean {
  return [TypeError, ReferenceError, RangeError].some((type) => error instanceof type);
}
