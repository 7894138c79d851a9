import { LimitedText, OUTPUT_LIMIT } from "@groundwork/cli/kpaas/limited-text";

/** Adds chunks and counts the calls of the limit. */
function receive(chunks: Iterable<string>, onLine?: (line: string) => void) {
  let ended = 0;
  const text = new LimitedText(() => (ended += 1), onLine);
  for (const chunk of chunks) text.add(chunk);
  return { text, ended };
}

const HALF = "x".repeat(OUTPUT_LIMIT / 2);

describe("the output of a machine", () => {
  test("is collected up to the limit", () => {
    const { text, ended } = receive([HALF, HALF]);
    expect({ length: text.text.length, isExceeded: text.isExceeded, ended }).toEqual({
      length: OUTPUT_LIMIT,
      isExceeded: false,
      ended: 0,
    });
  });

  test("ends the connection once beyond the limit, and is not collected any longer", () => {
    const { text, ended } = receive([HALF, HALF, "y", HALF, HALF]);
    expect({ length: text.text.length, isExceeded: text.isExceeded, ended }).toEqual({
      length: OUTPUT_LIMIT,
      isExceeded: true,
      ended: 1,
    });
  });

  test("has any number of lines when they are passed on", () => {
    const lines: string[] = [];
    const { text, ended } = receive([`${HALF}\n`, `a\n${HALF}`, "\nb\n"], (line) => lines.push(line));
    expect({ lengths: lines.map(({ length }) => length), isExceeded: text.isExceeded, ended, kept: text.text }).toEqual(
      {
        lengths: [HALF.length, 1, HALF.length, 1],
        isExceeded: false,
        ended: 0,
        kept: "",
      },
    );
  });

  test("ends the connection at a line beyond the limit", () => {
    const lines: string[] = [];
    const { text, ended } = receive(["a\n", HALF, HALF, "y"], (line) => lines.push(line));
    expect({ lines, isExceeded: text.isExceeded, ended }).toEqual({ lines: ["a"], isExceeded: true, ended: 1 });
  });
});
