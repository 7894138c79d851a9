import { printable } from "@groundwork/tooling/printable";
import { type Colour, Colours } from "./program/colours";

/** A line of output: a text, or a text after a coloured mark such as `✓`. */
export type Line = string | MarkedLine;

/** A text after a coloured mark. */
export interface MarkedLine {
  readonly mark: string;
  readonly colour: Colour;
  readonly text: string;
  /** Spaces before the mark. @default 0 */
  readonly indent?: number;
}

/** One line, or several. */
export type Lines = Line | readonly Line[];

/**
 * Prints permanent lines, and one progress line that the next line replaces.
 *
 * Only this class writes to the terminal. A line may contain text from outside, so its control characters and line breaks are escaped:
 * no text can add a line, hide one, or control the terminal.
 */
export class Reporter {
  private hasProgress = false;
  private readonly colours: Colours;

  constructor(private readonly out: Stream = process.stdout) {
    this.colours = new Colours(out);
  }

  /** Prints permanent lines. */
  readonly log = (lines: Lines): void => {
    this.clear();
    for (const line of listOf(lines)) this.out.write(`${this.rendered(line)}\n`);
  };

  /** Prints a line that the next one replaces; nothing in a file or a pipeline, where that is impossible. */
  readonly progress = (line: string): void => {
    if (this.out.isTTY !== true) return;
    this.clear();
    this.out.write(printable(line).slice(0, (this.out.columns ?? 80) - 1));
    this.hasProgress = true;
  };

  /** Prints a question; the input follows in the same line. */
  readonly prompt = (question: string): void => {
    this.clear();
    this.out.write(printable(question));
  };

  private rendered(line: Line): string {
    if (typeof line === "string") return printable(line);
    const { mark, colour, text, indent = 0 } = line;
    return `${" ".repeat(indent)}${this.colours[colour](printable(mark))} ${printable(text)}`;
  }

  private clear(): void {
    if (this.hasProgress) this.out.write("\r\u001B[K");
    this.hasProgress = false;
  }
}

/** A list of lines. */
export function listOf(lines: Lines): readonly Line[] {
  return typeof lines === "string" || "mark" in lines ? [lines] : lines;
}

/** The part of an output stream that is used here. */
type Stream = Pick<NodeJS.WritableStream, "write"> &
  Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns" | "hasColors">>;
