/** Whether an error of the SDK has one of these names. */
export function isErrorNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** The value of a call; undefined when the object does not exist. */
export async function orUndefined<T>(call: Promise<T>, ...notFound: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isErrorNamed(error, ...notFound)) return undefined;
    throw error;
  }
}
