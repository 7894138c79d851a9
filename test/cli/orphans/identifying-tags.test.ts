import { hasTags, identifyingTags, parseTags } from "@groundwork/cli/orphans/identifying-tags";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";

const tagged = (...tags: readonly (object | undefined)[]) =>
  synthesizedStacks(
    synthesizedApp(
      Object.fromEntries(
        tags.map((each, index) => [
          `s${index}`,
          { provider: { aws: [{ region: "r", ...(each === undefined ? {} : { default_tags: [{ tags: each }] }) }] } },
        ]),
      ),
    ),
  );

describe("the tags by which resources are found", () => {
  test("are the default tags that all stacks have in common", () => {
    expect(identifyingTags(tagged({ Environment: "lab", Stack: "a" }, { Environment: "lab", Stack: "b" }))).toEqual({
      Environment: "lab",
    });
    expect(identifyingTags(tagged({ Environment: "lab", Stack: "a" }))).toEqual({ Environment: "lab", Stack: "a" });
  });

  test.each([
    ["stacks without default tags", [undefined]],
    ["stacks whose tags differ", [{ Stack: "a" }, { Stack: "b" }]],
    ["stacks of which one has none", [{ Environment: "lab" }, undefined]],
    ["tags that are known only at apply", ["${var.tags}"]],
  ] as const)("cannot be determined for %s", (_, tags) => {
    expect(() => identifyingTags(tagged(...(tags as readonly (object | undefined)[])))).toThrow(
      /have no common default_tags, .*; set defaultTags in the providers, or specify --tag <key=value>$/,
    );
  });

  test("are parsed from key=value", () => {
    expect(parseTags(["a=1", "b=x=y", "c="])).toEqual({ a: "1", b: "x=y", c: "" });
    expect(() => parseTags(["a"])).toThrow('--tag "a" is not a tag; use the form key=value');
    expect(() => parseTags(["=a"])).toThrow("is not a tag");
  });

  test("must all match", () => {
    expect(hasTags({ a: "1", b: "2" }, { a: "1" })).toBe(true);
    expect(hasTags({ a: "1" }, { a: "1", b: "2" })).toBe(false);
    expect(hasTags({ a: "2" }, { a: "1" })).toBe(false);
  });
});
