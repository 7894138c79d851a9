/** Prints a line about a subject only when the subject has changed. */
export class ChangeLog {
  private readonly states = new Map<string, string>();
  private printedAt = 0;

  constructor(private readonly log: (line: string) => void) {}

  /** Prints the line when the subject's state differs from the last one; returns whether it did. */
  update(subject: string, state: string, line: string): boolean {
    const changed = this.states.get(subject) !== state;
    this.states.set(subject, state);
    if (changed) this.print(line);
    return changed;
  }

  /** Prints a line. */
  print(line: string): void {
    this.printedAt = Date.now();
    this.log(line);
  }

  /** Time since the last line. */
  get quietMs(): number {
    return Date.now() - this.printedAt;
  }
}
