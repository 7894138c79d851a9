import { Colours } from "@groundwork/cli/program/colours";

const terminal = { isTTY: true, hasColors: () => true };

describe("colours", () => {
  afterEach(() => {
    delete process.env["NO_COLOR"];
  });

  test("are printed on a terminal that has colours", () => {
    expect(new Colours(terminal).red("a")).toBe("\u001B[31ma\u001B[39m");
    expect(new Colours(terminal).green("a")).toBe("\u001B[32ma\u001B[39m");
  });

  test("are not printed with NO_COLOR, nor into files, nor on a terminal without colours", () => {
    process.env["NO_COLOR"] = "1";
    expect(new Colours(terminal).red("a")).toBe("a");
    delete process.env["NO_COLOR"];
    expect(new Colours({}).red("a")).toBe("a");
    expect(new Colours({ ...terminal, isTTY: false }).red("a")).toBe("a");
    expect(new Colours({ ...terminal, hasColors: () => false }).red("a")).toBe("a");
  });
});
