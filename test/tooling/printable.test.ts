import { printable } from "@groundwork/tooling/printable";
import fc from "fast-check";
import { anyHostile, HOSTILE } from "../support/hostile";

/** Texts with every kind of character that a terminal interprets. */
const anyText = fc.oneof(
  anyHostile(),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ..."\u001b\u009b\u009d\u0090[]0;31mKJ\u0007\u0008\r\n\t\u0085\u2028\u2029\u202e\u2066\u200b\ufeff\ud800\udc00a",
    ),
    maxLength: 20,
  }),
);

describe("a printable text", () => {
  test.each([
    ["a\nb", String.raw`a\nb`],
    ["a\r\n\tb", String.raw`a\r\n\tb`],
    ["\u001b[2J\u001b[1;1H", String.raw`\u001b[2J\u001b[1;1H`],
    ["\u001b]0;title\u0007", String.raw`\u001b]0;title\u0007`],
    ["\u009b2J\u0090q\u009c", String.raw`\u009b2J\u0090q\u009c`],
    ["\u202egnp.exe", String.raw`\u202egnp.exe`],
    ["a\u2028b\u2029c\u0085d", String.raw`a\u2028b\u2029c\u0085d`],
    ["a\u200b\u00ad\ufeffb", String.raw`a\u200b\u00ad\ufeffb`],
    ["\ud800", String.raw`\ud800`],
    ["\u{e0041}", String.raw`\udb40\udc41`],
    ["\u0000\u0008\u007f", String.raw`\u0000\u0008\u007f`],
  ])("of %j shows %s", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test("contains every other character as it is", () => {
    expect(printable("ключ 한국어 🙂 §é | $(id) 'a' \\")).toBe("ключ 한국어 🙂 §é | $(id) 'a' \\");
  });

  test("contains no colours, and no sequence that the removal of colours would complete", () => {
    expect(printable("\u001b[0;31mred\u001b[0m\u001b[m")).toBe("red");
    expect(printable("\u001b[\u001b[0m2J")).toBe(String.raw`\u001b[2J`);
  });

  test("has one line, no control or format characters and no incomplete pairs", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(printable(printable(text))).toBe(printable(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("keeps the meaning of JSON", () => {
    for (const text of HOSTILE) {
      const lines = JSON.stringify({ text }, undefined, 2).split("\n");
      expect(JSON.parse(lines.map(printable).join("\n"))).toEqual({ text });
    }
  });
});
