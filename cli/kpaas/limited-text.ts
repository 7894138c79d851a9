import { byLine } from "@groundwork/tooling/process/run";

/** The status, the kubeconfig and the end of a log take kilobytes; a machine must not fill the memory of the operator's. */
export const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** Output of a program, as a whole or line by line, up to a limit. */
export class LimitedText {
  text = "";
  isExceeded = false;
  /** Characters of the whole output, or of a line that is not complete. */
  private length = 0;
  private readonly readLines: ((chunk: Buffer) => void) | undefined;

  constructor(
    private readonly onLimit: () => void,
    onLine?: (line: string) => void,
  ) {
    this.readLines = onLine === undefined ? undefined : byLine(onLine);
  }

  readonly add = (chunk: string): void => {
    if (this.isExceeded) return;
    const lineEnd = this.readLines === undefined ? -1 : chunk.lastIndexOf("\n");
    this.length = lineEnd === -1 ? this.length + chunk.length : chunk.length - lineEnd;
    this.isExceeded = this.length > OUTPUT_LIMIT;
    if (this.isExceeded) this.onLimit();
    else if (this.readLines === undefined) this.text += chunk;
    else this.readLines(Buffer.from(chunk));
  };
}
