/** The depth by which CDKTF's own recordings can be told from everybody else's. */
const TOKEN_TRACE = Number.MAX_SAFE_INTEGER;

/**
 * Spares the stack trace that CDKTF records for every token: most of the time of a synthesis, and only read when a token cannot be
 * resolved. Gives back what has them recorded again.
 */
export function spareTokenTraces(): () => void {
  const whole = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = (target, below) => {
    if (Error.stackTraceLimit !== TOKEN_TRACE) whole(target, below);
  };
  return () => {
    Error.captureStackTrace = whole;
  };
}

/**
 * Runs a synthesis without the stack trace that CDKTF records for every token: a tenth of the time, and only read when a
 * token cannot be resolved. A synthesis that fails is run again with them, so no error says less.
 */
export function withoutTokenTraces<T>(synthesize: () => T): T {
  const restore = spareTokenTraces();
  try {
    return synthesize();
  } catch {
    // Told again below, with everything there is to say.
  } finally {
    restore();
  }
  return synthesize();
}
