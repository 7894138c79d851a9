import { Reporter } from "@groundwork/cli/reporter";

function printed(stream: { readonly isTTY: boolean }, use: (reporter: Reporter) => void): string {
  let text = "";
  const write = (part: string | Uint8Array) => (text += String(part)) !== "";
  use(new Reporter({ ...stream, columns: 20, hasColors: () => true, write }));
  return text;
}

function progress(isTTY: boolean): string {
  return printed({ isTTY }, (reporter) => {
    reporter.log("start");
    reporter.progress("1/2 a line that is longer than the terminal");
    reporter.progress("2/2");
    reporter.log("end");
  });
}

describe("progress", () => {
  test("replaces its line on a terminal", () => {
    expect(progress(true)).toBe("start\n1/2 a line that is \r\u001B[K2/2\r\u001B[Kend\n");
  });

  test("is not printed into files and pipelines", () => {
    expect(progress(false)).toBe("start\nend\n");
  });
});

describe("output", () => {
  const remote = "a\u001b]0;x\u0007\nb\u202e";
  const shown = String.raw`a\u001b]0;x\u0007\nb\u202e`;

  test.each([true, false])("escapes what a terminal would interpret (terminal: %j)", (isTTY) => {
    expect(
      printed({ isTTY }, ({ log, prompt }) => {
        log(remote);
        log([remote, "next"]);
        prompt(remote);
      }),
    ).toBe(`${shown}\n${shown}\nnext\n${shown}`);
  });

  test("escapes the line of progress before it is cut", () => {
    expect(
      printed({ isTTY: true }, (reporter) => {
        reporter.progress(`\u001b${"x".repeat(30)}`);
      }),
    ).toBe(String.raw`\u001b`.padEnd(19, "x"));
  });

  test("has colours on a terminal only, and only those of its own marks", () => {
    const line = { mark: "✗", colour: "red", text: "\u001b[32mgreen\u001b[2J", indent: 2 } as const;
    const text = String.raw`green\u001b[2J`;
    expect(
      printed({ isTTY: true }, ({ log }) => {
        log(line);
      }),
    ).toBe(`  \u001b[31m✗\u001b[39m ${text}\n`);
    expect(
      printed({ isTTY: false }, ({ log }) => {
        log(line);
      }),
    ).toBe(`  ✗ ${text}\n`);
  });
});
