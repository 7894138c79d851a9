/** Escape sequences of the used colours. */
const CODES = { red: 31, green: 32 } as const;

/** Red is a failure, green a success. */
export type Colour = keyof typeof CODES;

/** Colours of a terminal; texts are unchanged in files, pipelines, and with `NO_COLOR`. */
export class Colours {
  private readonly isEnabled: boolean;

  /** Node's `hasColors` evaluates `NO_COLOR`, `FORCE_COLOR` and `TERM`. */
  constructor(stream: Partial<Pick<NodeJS.WriteStream, "isTTY" | "hasColors">>) {
    this.isEnabled = stream.isTTY === true && stream.hasColors?.() === true && (process.env["NO_COLOR"] ?? "") === "";
  }

  /** A failure. */
  red(text: string): string {
    return this.paint("red", text);
  }

  /** A success. */
  green(text: string): string {
    return this.paint("green", text);
  }

  private paint(colour: Colour, text: string): string {
    return this.isEnabled ? `\u001B[${CODES[colour]}m${text}\u001B[39m` : text;
  }
}
