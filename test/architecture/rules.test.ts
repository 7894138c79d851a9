import { Rule } from "@groundwork/constructs/core/violation";
import { filesBelow, ROOT, textOf } from "../support/repository";

/** Every rule of every area, with the file that declares it. */
const declared = [...filesBelow("constructs", "rules.ts"), ...filesBelow("stacks", "rules.ts")]
  .filter((path) => path.endsWith("/rules.ts"))
  .flatMap((path) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found by walking, not by name
    const exported = require(`${ROOT}/${path}`) as Record<string, unknown>;
    return Object.entries(exported).map(([name, rule]) => ({ path, name, rule: rule as Rule }));
  });

/** All tests without their imports: a rule that is only imported is not tested. */
const tests = filesBelow("test", ".test.ts")
  .map((path) => textOf(path).replace(/^import[^;]*;/gms, ""))
  .join("\n");

const sources = [...filesBelow("constructs", ".ts"), ...filesBelow("stacks", ".ts")].map(textOf);

describe("rules", () => {
  test("are declared under their own ids", () => {
    expect(declared.filter(({ name, rule }) => !(rule instanceof Rule) || rule.id !== name)).toEqual([]);
    expect(declared.length).toBeGreaterThan(20);
  });

  test("have ids of three letters and three digits, each once", () => {
    const ids = declared.map(({ rule }) => rule.id);
    expect(ids.filter((id) => !/^[A-Z]{3}\d{3}$/.test(id))).toEqual([]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.each(declared.map(({ rule }) => rule.id))("%s has a case that fails by it", (id) => {
    expect(new RegExp(`\\b${id}\\b`).test(tests)).toBe(true);
  });

  test.each(declared.map(({ rule }) => rule.id))("%s is used", (id) => {
    expect(sources.some((text) => text.includes(`${id}.violation(`))).toBe(true);
  });
});
