/**
 * Runs calls at the same time. When one fails, the signal of all is aborted; the first error is thrown after all calls have ended, so
 * that none continues in the background.
 *
 * @param abort - also ends the calls
 */
export async function together<T extends readonly unknown[]>(
  abort: AbortSignal | undefined,
  calls: readonly [...{ [K in keyof T]: (abort: AbortSignal) => Promise<T[K]> }],
): Promise<T> {
  const failure = new AbortController();
  const signal = abort === undefined ? failure.signal : AbortSignal.any([abort, failure.signal]);
  const results = await Promise.all(
    calls.map(async (call) => {
      try {
        return await call(signal);
      } catch (error) {
        failure.abort(error);
        return undefined;
      }
    }),
  );
  if (failure.signal.aborted) throw failure.signal.reason as Error;
  return results as unknown as T;
}

/** Runs all steps, one after another, also after one has failed; then throws the first error. */
export async function allInTurn(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
