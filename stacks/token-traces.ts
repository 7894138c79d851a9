/** The depth by which CDKTF's own recordings can be told from everybody else's. */
const TOKEN_TRACE = Number.MAX_SAFE_INTEGER;

/**
 * Runs a synthesis without the stack trace that CDKTF records for every token: a tenth of the time, and only read when a
 * token cannot be resolved. A synthesis that fails is run again with them, so no error says less.
 */
export function withoutTokenTraces<T>(synthesize: () => T): T {
  const captureStackTrace = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = (target, below) => {
    if (Error.stackTraceLimit !== TOKEN_TRACE) captureStackTrace(target, below);
  };
  try {
    return synthesize();
  } catch {
    // Told again below, with everything there is to say.
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
  return synthesize();
}
