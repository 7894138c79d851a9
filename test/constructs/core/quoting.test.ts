import {
  environmentLine,
  gitlabString,
  isSingleLine,
  markdownCode,
  hclString,
  rubyLiteral,
  shellHereDocument,
  shellOption,
  shellVariable,
  shellWord,
  systemdLine,
  systemdValue,
} from "@groundwork/constructs/core/quoting";
import { QUO001 } from "@groundwork/constructs/core/quoting/rules";
import fc from "fast-check";
import { anyHostile } from "../../support/hostile";

describe("words of a shell", () => {
  test.each(["x\u0000y", "x\u001b[31m", "x\u2028y", "\ud800"])("rejects control characters (%j)", (text) => {
    expect(() => shellWord(text)).toViolate(QUO001, /remove them/);
  });

  test.each(["a b", "X:-$(id)", "1", ""])("reject the variable %j", (name) => {
    expect(() => shellVariable(name)).toViolate(QUO001);
  });

  test("reject control characters in options and here-documents", () => {
    expect(() => shellOption("--include", "x\u0000")).toViolate(QUO001);
    expect(() => shellHereDocument("x\u0000", [])).toViolate(QUO001);
  });
});

describe("systemd", () => {
  test("a value is one line without specifiers, or it is rejected", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        if (!isSingleLine(text) || text.endsWith("\\")) {
          expect(() => systemdValue(text)).toViolate(QUO001);
          expect(() => systemdLine(text)).toViolate(QUO001);
        } else {
          expect(systemdValue(text).replaceAll("%%", "")).not.toContain("%");
          expect(systemdValue(text).replaceAll("%%", "%")).toBe(text);
          expect(systemdLine(text)).toBe(text);
        }
      }),
    );
  });
});

describe("hclString", () => {
  // Each literal was evaluated by Terraform 1.11.
  test.each([
    ["a", '"a"'],
    ['a"b\\', '"a\\"b\\\\"'],
    ['${file("/etc/passwd")}', '"$${file(\\"/etc/passwd\\")}"'],
    ["%{ for x in [] }", '"%%{ for x in [] }"'],
    ["$${a}", '"$$${a}"'],
    ["100% $5", '"100% $5"'],
  ])("of %s is %s", (text, literal) => {
    expect(hclString(text)).toBe(literal);
  });

  test.each(["\u0000", "\u001b", "\u2028", "\ud800"])("rejects %j", (text) => {
    expect(() => hclString(text)).toViolate(QUO001, /remove them/);
  });
});

describe("rubyLiteral", () => {
  test("is a string without interpolation that contains the text", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        const literal = rubyLiteral(text);
        expect(literal).toMatch(/^'(?:[^'\\]|\\['\\])*'$/);
        expect(literal.slice(1, -1).replace(/\\(['\\])/g, "$1")).toBe(text);
      }),
    );
  });

  test("writes lists, numbers and truth values, and rejects a number that Ruby does not have", () => {
    expect(rubyLiteral(["a", "it's"])).toBe("['a', 'it\\'s']");
    expect([rubyLiteral(80), rubyLiteral(false)]).toEqual(["80", "false"]);
    expect(() => rubyLiteral(NaN)).toViolate(QUO001);
  });
});

describe("environmentLine", () => {
  test("is one line with the value in single quotes, or is rejected", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        if (/['"\\`]/.test(text) || !isSingleLine(text))
          expect(() => environmentLine("NAME", text)).toViolate(QUO001, /without quotes/);
        else expect(environmentLine("NAME", text)).toBe(`NAME='${text}'\n`);
      }),
    );
  });

  test.each(["a", "A-B", "A B", "1A", "A;B", ""])("rejects the name %j", (name) => {
    expect(() => environmentLine(name, "x")).toViolate(QUO001);
  });
});

describe("gitlabString", () => {
  test("is one string of an expression, or is rejected", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        if (!isSingleLine(text) || (text.includes('"') && text.includes("'")))
          expect(() => gitlabString(text)).toViolate(QUO001);
        else expect(gitlabString(text)).toMatch(/^"[^"]*"$|^'[^']*'$/);
      }),
    );
  });
});

describe("markdownCode", () => {
  test("is one line of code, in which no run of backticks ends it", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        const [, fence = "", inner = ""] = /^(`+)(.*)\1$/s.exec(markdownCode(text)) ?? [];
        expect(fence).not.toBe("");
        expect(inner).not.toMatch(/[\n\r\u2028\u2029]/);
        expect((inner.match(/`+/g) ?? []).every((run) => run.length !== fence.length)).toBe(true);
      }),
    );
  });
});
