import { PassThrough, Readable } from "node:stream";
import { hiddenLine } from "@groundwork/cli/kpaas/hidden-line";

/** A terminal in raw mode. */
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

describe("a confidential line", () => {
  test("is the whole input without the line end, without a prompt", async () => {
    const prompt = jest.fn();
    expect(await hiddenLine(Readable.from([Buffer.from("pass "), Buffer.from("wörd\n")]), prompt)).toBe("pass wörd");
    expect(prompt).not.toHaveBeenCalled();
  });

  test("is typed into a terminal without echo, with Backspace", async () => {
    const { stream, modes } = terminal();
    const prompt = jest.fn();
    const line = hiddenLine(stream, prompt);
    for (const keys of ["pas", "x\u007f", "s", "\r"]) stream.write(keys);
    expect(await line).toBe("pass");
    expect(prompt).toHaveBeenCalledTimes(1);
    expect(modes).toEqual([true, false]);
  });

  test.each(["pas\u0003", "pas"])("fails after %j and the end, and restores the terminal", async (keys) => {
    const { stream, modes } = terminal();
    const line = hiddenLine(stream, () => undefined);
    stream.end(keys);
    await expect(line).rejects.toThrow("no password was entered; nothing was sent");
    expect(modes).toEqual([true, false]);
  });
});
