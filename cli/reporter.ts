/** Says what happens: whole lines for what a person wants to read again, one changing line for what moves. */
export class Reporter {
  private moving = false;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  /** A line that stays. */
  readonly say = (line: string): void => {
    this.clear();
    this.out.write(`${line}\n`);
  };

  /** A line that the next one replaces. Where nothing can be replaced (a file, a pipeline), it is a line like any other. */
  readonly move = (line: string): void => {
    if (!this.out.isTTY) {
      this.out.write(`${line}\n`);
      return;
    }
    this.clear();
    this.out.write(line.slice(0, this.out.columns - 1));
    this.moving = true;
  };

  private clear(): void {
    if (this.moving) this.out.write("\r\u001B[K");
    this.moving = false;
  }
}
