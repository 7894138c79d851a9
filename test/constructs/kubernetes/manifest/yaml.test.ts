import { spawnSync } from "node:child_process";
import { QUO001 } from "@groundwork/constructs/core/quoting/rules";
import { toYaml } from "@groundwork/constructs/kubernetes/manifest/yaml";
import fc from "fast-check";
import { parse } from "yaml";
import { anyHostile, HOSTILE } from "../../../support/hostile";

/** Texts whose characters parsers of YAML 1.1 read as line breaks, reject, or convert. */
const SPECIAL = [
  ..."\u0000\u0007\u001b\u007f\u0080\u0085\u009b\u009f\u00a0\u2028\u2029\u202e\ufeff\ufffd\ufffe\uffff\u{10ffff}🙂",
].flatMap((character) => [character, `a${character}b`, `a${character}- b: c`, `${character}x`]);

/** Texts that are no strings without quotes. */
const CONVERTED = [
  "yes",
  "No",
  "on",
  "OFF",
  "null",
  "~",
  "1",
  "0x1F",
  "1e3",
  ".inf",
  "1:30",
  "2020-01-01",
  "=",
  "<<",
  "y",
];

const isComplete = (text: string) => !/\p{Surrogate}/u.test(text);
const TEXTS = [...SPECIAL, ...CONVERTED, ...HOSTILE.filter(isComplete)];

/** Documents as PyYAML reads them, whose scanner is that of libyaml and of the Go parser that kubectl uses. */
function readByYaml11(documents: readonly string[]): readonly unknown[] {
  const program = "import json, sys, yaml\nprint(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))";
  const { stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(documents),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as readonly unknown[];
}

const dataOf = (text: string) => ({ data: { [text === "" ? "empty" : text]: text, list: [text, { nested: text }] } });

describe("YAML of manifests", () => {
  test("is the same data for parsers of YAML 1.1 and 1.2, with any text as key and value", () => {
    const texts = [...TEXTS, ...fc.sample(anyHostile().filter(isComplete), 300)];
    const documents = texts.map((text) => toYaml(dataOf(text)));
    expect(readByYaml11(documents)).toEqual(texts.map(dataOf));
    expect(documents.map((document) => parse(document) as unknown)).toEqual(texts.map(dataOf));
  });

  test("contains no character that ends a line or changes the display, except its line feeds", () => {
    for (const text of TEXTS)
      expect(toYaml(dataOf(text))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/);
  });

  test.each(["\ud800", "a\udc00b", "\udc00\ud800"])("rejects the incomplete character in %j", (text) => {
    expect(() => toYaml({ a: text })).toViolate(QUO001, /use complete characters/);
    expect(() => toYaml({ [text]: "a" })).toViolate(QUO001, /use complete characters/);
  });
});
