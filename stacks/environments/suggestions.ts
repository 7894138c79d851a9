import { nearest } from "./checks/nearest";

/** The parts of a schema of valibot that contain other schemas. */
interface Schema {
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly wrapped?: Schema;
  readonly value?: Schema;
  readonly item?: Schema;
  readonly items?: readonly Schema[];
  readonly rest?: Schema;
  readonly options?: readonly unknown[];
}

/** The keys that a schema has at a path of a file. */
export function keysAt(schema: unknown, path: readonly string[]): readonly string[] {
  const found = path.reduce<readonly Schema[]>(
    (schemas, key) => schemas.flatMap(unwrapped).flatMap((one) => membersOf(one, key)),
    [schema as Schema],
  );
  return found.flatMap(unwrapped).flatMap(({ entries = {} }) => Object.keys(entries));
}

/** The schemas behind defaults and choices. */
function unwrapped(schema: Schema): readonly Schema[] {
  if (schema.wrapped !== undefined) return unwrapped(schema.wrapped);
  const options = (schema.options ?? []).filter((one): one is Schema => typeof one === "object" && one !== null);
  return options.length > 0 ? options.flatMap(unwrapped) : [schema];
}

function membersOf({ entries, value, item, items, rest }: Schema, key: string): readonly Schema[] {
  const entry = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
  return [entry, value, item, items?.[Number(key)], rest].filter((one) => one !== undefined);
}

/** The fix with the most similar of the known values instead of the list of all. */
export function withNearest(finding: { readonly given: string; readonly fix: string }): string {
  // Environment files contain numbers where the constructs have durations.
  const fix = finding.fix.replace(/Duration\.\w+\((\d+)\)/g, "$1");
  const [, list] = /\b(?:use one of|known are those of) ([^;]+?)(?:, or [^,]*\(.*)?$/.exec(fix) ?? [];
  const known = (list ?? "").split(/, | or /).map((one) => one.replace(/^"|"$/g, ""));
  const [, value] = /"([^"]*)"/.exec(finding.given) ?? [];
  const similar = value === undefined ? undefined : nearest(value, known);
  if (similar !== undefined) return `did you mean "${similar}"?`;
  return known.length > MOST_LISTED ? fix.replace(list ?? "", `… ${known.slice(-MOST_LISTED).join(", ")}`) : fix;
}

/** More values than these are not read. */
const MOST_LISTED = 8;

/** The most similar of the values that a schema expected, or its message: `"per-zone" | "single"`. */
export function expectedValue(received: string, expected: string): string {
  const known = [...expected.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
  const similar = nearest(received.replace(/^"|"$/g, ""), known);
  if (similar !== undefined) return `did you mean "${similar}"?`;
  return known.length > 0
    ? `use one of ${known.map((value) => `"${value}"`).join(", ")}`
    : `write ${TYPES.get(expected) ?? expected}`;
}

/** The types of valibot in words. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["string", "a text"],
  ["number", "a number"],
  ["boolean", "true or false"],
  ["Array", "a list"],
  ["Object", "an object"],
]);
