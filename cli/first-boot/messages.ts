/** A duration in minutes and seconds: `2 min 5 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** Lines of a log, marked as quoted. */
export function quotedLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  | ${line}`);
}
