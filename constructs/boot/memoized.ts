/** A function of a text that computes each result once: all machines of a stack have the same programs. */
export function memoized<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    if (!results.has(text)) results.set(text, compute(text));
    return results.get(text) as T;
  };
}
