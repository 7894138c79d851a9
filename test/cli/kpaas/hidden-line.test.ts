import { PassThrough, Readable } from "node:stream";
import { hiddenLine } from "@groundwork/cli/kpaas/hidden-line";

/** A terminal that leaves all keys to who reads it. */
function terminal() {
  const modes: boolean[] = [];
  const stream = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: (mode: boolean) => {
      modes.push(mode);
      return stream as never;
    },
  });
  return { stream, modes };
}

describe("a line that nobody shall see", () => {
  test("is all that is led in, without the end of its line, and asks nobody", async () => {
    const ask = jest.fn();
    expect(await hiddenLine(Readable.from([Buffer.from("pass "), Buffer.from("wörd\n")]), ask)).toBe("pass wörd");
    expect(ask).not.toHaveBeenCalled();
  });

  test("is typed into a terminal that shows nothing, mistakes taken back", async () => {
    const { stream, modes } = terminal();
    const ask = jest.fn();
    const line = hiddenLine(stream, ask);
    for (const keys of ["pas", "x\u007f", "s", "\r"]) stream.write(keys);
    expect(await line).toBe("pass");
    expect(ask).toHaveBeenCalledTimes(1);
    expect(modes).toEqual([true, false]);
  });

  test.each(["pas\u0003", "pas"])("fails after %j and the end, and gives the terminal back", async (keys) => {
    const { stream, modes } = terminal();
    const line = hiddenLine(stream, () => undefined);
    stream.end(keys);
    await expect(line).rejects.toThrow("no password was given; nothing was sent");
    expect(modes).toEqual([true, false]);
  });
});
