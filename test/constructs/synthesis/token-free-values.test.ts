import { copyTokenFreeValues } from "@groundwork/constructs/synthesis/token-free-values";
import { App, DefaultTokenResolver, Lazy, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import fc from "fast-check";

const stack = new TerraformStack(new App(), "stack");
const options = { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) };

const lazy = {
  text: Lazy.stringValue({ produce: () => "resolved" }),
  number: Lazy.numberValue({ produce: () => 7 }),
  list: Lazy.listValue({ produce: () => ["a", "b"] }),
  numbers: Token.asNumberList(Lazy.anyValue({ produce: () => [1, 2] })),
  map: Token.asStringMap(Lazy.anyValue({ produce: () => ({ a: "b" }) })),
  any: Lazy.anyValue({ produce: () => ({ a: [undefined, "b"] }) }),
  /** A token of a user's own, which is no class. */
  own: { creationStack: [], resolve: () => "resolved", toString: () => "own" },
  nothing: Lazy.anyValue({ produce: () => undefined }),
};

/** Ordinary texts, tokens, and texts that look like tokens or contain them. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...["${var.a}", "$${var.a}", "1e+5", "-1.8e+289", "${TfToken", "{TfToken[", "}", "a e+b"],
    ...[lazy.text, `before ${lazy.text} \${after}`, `number ${lazy.number}`, String(lazy.number)],
  ),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(fc.double(), fc.integer(), fc.constant(lazy.number), fc.boolean(), fc.constantFrom(null, undefined)),
    fc.constantFrom(lazy.list, lazy.numbers, lazy.map, lazy.any, lazy.own, lazy.nothing, new Date(0)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
}));

/** The result, or that there is none: the errors differ in the path of the value, and a synthesis that fails is repeated without copies. */
function resolved(input: unknown): unknown {
  try {
    return Tokenization.resolve(input, options);
  } catch {
    return "rejected";
  }
}

describe("values without tokens", () => {
  test("have the same result when they are copied, also in an object with tokens", () => {
    fc.assert(
      fc.property(value, (input) => {
        const ordinary = resolved(input);
        const restore = copyTokenFreeValues();
        try {
          expect(resolved(input)).toStrictEqual(ordinary);
        } finally {
          restore();
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a function", () => 1],
    ["a construct", stack],
    ["a list token as a text", String(lazy.list[0])],
    ["a list token with another value", [...lazy.list, "c"]],
    ["a map token with another key", { ...lazy.map, c: "d" }],
    ["the placeholder of a map", Token.STRING_MAP_TOKEN_VALUE],
  ])("are rejected as in an ordinary resolution: %s", (_, input) => {
    expect(() => void Tokenization.resolve({ input }, options)).toThrow();
    const restore = copyTokenFreeValues();
    try {
      expect(() => void Tokenization.resolve({ input }, options)).toThrow();
    } finally {
      restore();
    }
  });

  test("are not the given objects, which a synthesis changes", () => {
    const input = { tags: { Name: "a" } };
    const restore = copyTokenFreeValues();
    const copied = Tokenization.resolve(input, options) as typeof input;
    restore();
    expect(copied).toEqual(input);
    expect(copied.tags).not.toBe(input.tags);
  });
});
