import { Token, Tokenization } from "cdktf";

type Options = Parameters<typeof Tokenization.resolve>[1];
type Resolve = (value: unknown) => unknown;

/** Part of every token in a text, in a list of texts and in the key of a map. */
const MARKER = "{TfToken[";
/** Part of every number token in a text: such numbers are below -1e269. */
const EXPONENT = "e+";
const LOWEST_ORDINARY_NUMBER = -1e200;
const PLACEHOLDERS: ReadonlySet<unknown> = new Set([
  Token.STRING_MAP_TOKEN_VALUE,
  Token.ANY_MAP_TOKEN_VALUE,
  Token.NUMBER_MAP_TOKEN_VALUE,
]);

/**
 * Copies values without tokens. CDKTF resolves every value of every resource twice, with several regular expressions for each text, and
 * most values contain no token. Returns a function that restores the ordinary resolution.
 */
export function copyTokenFreeValues(): () => void {
  // It does not use `this`.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const original = Tokenization.resolve;
  Tokenization.resolve = (value: unknown, options: Options): unknown => copy(value, (part) => original(part, options));
  return () => {
    Tokenization.resolve = original;
  };
}

/** Copies a value as its resolution would. Its parts that contain tokens, and those that cannot be synthesized, are resolved. */
function copy(value: unknown, resolve: Resolve): unknown {
  if (isTokenFree(value)) return value;
  if (Array.isArray(value)) return isTokenFreeList(value) ? copyList(value, resolve) : resolve(value);
  return isPlainObject(value) ? copyObject(value, resolve) : resolve(value);
}

function copyList(list: readonly unknown[], resolve: Resolve): readonly unknown[] {
  return list.map((part) => copy(part, resolve)).filter((part) => part !== undefined);
}

function copyObject(object: Readonly<Record<string, unknown>>, resolve: Resolve): unknown {
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    if (!isTokenFree(key)) return resolve(object);
    const value = copy(object[key], resolve);
    if (value !== undefined) copied[key] = value;
  }
  return copied;
}

function isTokenFree(value: unknown): boolean {
  if (typeof value === "string")
    return !value.includes(MARKER) && !value.includes(EXPONENT) && !PLACEHOLDERS.has(value);
  if (typeof value === "number") return value > LOWEST_ORDINARY_NUMBER && !PLACEHOLDERS.has(value);
  return typeof value === "boolean" || value === undefined || value === null;
}

/** A list that is a token has it as its only element. */
function isTokenFreeList(list: readonly unknown[]): boolean {
  return list.every((part) => typeof part === "object" || isTokenFree(part));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Tokenization.isResolvable(value)
  );
}
