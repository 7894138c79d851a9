/** A change that the installer needs to run unattended: a text that occurs exactly once in a file, and its replacement. */
export interface Patch {
  /** A noun, for logs. */
  readonly name: string;
  /** The failure without the patch. */
  readonly reason: string;
  /** Path in the installer's checkout. */
  readonly file: string;
  /** Text that is replaced. */
  readonly find: string;
  /** New text. */
  readonly replace: string;
}
