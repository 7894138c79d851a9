/** A call that wanted to change something. Bodies are not kept: they may hold secrets. */
export interface JournalEntry {
  readonly cloud: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What it was about, as far as it has a name. */
  readonly kind: string;
  readonly name: string;
  /** The cloud's own word for why it refused, such as `SubnetInUse`; empty where it did not. */
  readonly refusal: string;
}

/** Defines what was done to the clouds, in order; refused calls, too, by their status. */
export class Journal {
  private readonly kept: JournalEntry[] = [];

  /** Writes one down. */
  add(entry: JournalEntry): void {
    this.kept.push(entry);
  }

  /** The first first. */
  get entries(): readonly JournalEntry[] {
    return this.kept;
  }
}
