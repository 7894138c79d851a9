/** An error whose explanation has several lines, each of which may contain text from outside. */
export class ReportError extends Error {
  override readonly name = "ReportError";

  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}
