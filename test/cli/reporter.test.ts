import { Reporter } from "@groundwork/cli/reporter";

function printed(isTTY: boolean): string {
  let text = "";
  const out = { isTTY, columns: 20, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  const reporter = new Reporter(out);
  reporter.log("start");
  reporter.progress("1/2 a line that is longer than the terminal");
  reporter.progress("2/2");
  reporter.log("end");
  return text;
}

describe("progress", () => {
  test("replaces its line on a terminal", () => {
    expect(printed(true)).toBe("start\n1/2 a line that is \r\u001B[K2/2\r\u001B[Kend\n");
  });

  test("is not printed into files and pipelines", () => {
    expect(printed(false)).toBe("start\nend\n");
  });
});
