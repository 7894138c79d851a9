/** Stack trace limit that only CDKTF's token recordings use. */
const TOKEN_TRACE = Number.MAX_SAFE_INTEGER;

/**
 * Suppresses the stack trace that CDKTF records for every token. Recording takes most of the time of a synthesis, and the trace is used
 * only in errors about unresolvable tokens. Returns a function that restores the recording.
 */
export function suppressTokenTraces(): () => void {
  const original = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = (target, below) => {
    if (Error.stackTraceLimit !== TOKEN_TRACE) original(target, below);
  };
  return () => {
    Error.captureStackTrace = original;
  };
}
