/** One change that an installer needs before it can run without a person: a text that stands in a file once, and what takes its place. */
export interface Patch {
  /** A noun, for logs. */
  readonly name: string;
  /** What happens without it. */
  readonly reason: string;
  /** Path in the installer's checkout. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}
