import { TXT001 } from "@groundwork/constructs/core/rules";
import { checkedText, derivedText } from "@groundwork/constructs/core/text-rule";

const rule = { text: "note", minLength: 1, maxLength: 20, character: /^[\w ${}%/-]$/, characters: "letters" };

describe("checkedText", () => {
  test("returns an accepted text, escaped for Terraform", () => {
    expect(checkedText("100 % of ${x}", rule)).toBe("100 % of $${x}");
  });

  test.each(["", "x".repeat(21), "“q”", "Größe", "a\n", "${TfToken[TOKEN.1]} “q”"])("rejects %p", (text) => {
    expect(() => checkedText(text, rule, "lab/A")).toViolate(
      TXT001,
      /at lab\/A: note ".*use 1 to 20 characters: letters/s,
    );
  });

  test("does not count a value that is known only at apply", () => {
    expect(checkedText("a longer text ${TfToken[TOKEN.1]}", rule)).toBe("a longer text ${TfToken[TOKEN.1]}");
  });
});

describe("derivedText", () => {
  test("is shortened, and contains only accepted characters", () => {
    expect(derivedText("lab/Größe %{x}", rule)).toBe("lab/Gr--e %%{x}");
    expect(derivedText("x".repeat(40), rule)).toHaveLength(20);
  });
});
