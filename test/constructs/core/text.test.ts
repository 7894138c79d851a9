import { hashOf, shortened } from "@groundwork/constructs/core/text";
import fc from "fast-check";

describe("shortened", () => {
  test("returns a text that fits unchanged", () => {
    expect(shortened("lab/Network", 11)).toBe("lab/Network");
  });

  test("limits the length in characters and keeps long texts different", () => {
    const text = fc.string({ unit: "grapheme", minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 12, max: 40 }), (one, other, limit) => {
        const [first, second] = [shortened(one, limit), shortened(other, limit)];
        return [...first].length <= limit && (one === other) === (first === second);
      }),
    );
  });

  test("ends in the hash of the whole text", () => {
    expect(shortened("x".repeat(300), 20)).toBe(`${"x".repeat(11)}-${hashOf("x".repeat(300))}`);
  });

  test("does not truncate a value that is known only at apply", () => {
    const text = `${"x".repeat(300)}\${TfToken[TOKEN.1]}`;
    expect(shortened(text, 20)).toBe(text);
  });
});
