/** Prints permanent lines, and one progress line that the next line replaces. */
export class Reporter {
  private hasProgress = false;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  /** Prints a permanent line. */
  readonly log = (line: string): void => {
    this.clear();
    this.out.write(`${line}\n`);
  };

  /** Prints a line that the next one replaces; nothing in a file or a pipeline, where that is impossible. */
  readonly progress = (line: string): void => {
    if (!this.out.isTTY) return;
    this.clear();
    this.out.write(line.slice(0, this.out.columns - 1));
    this.hasProgress = true;
  };

  private clear(): void {
    if (this.hasProgress) this.out.write("\r\u001B[K");
    this.hasProgress = false;
  }
}
