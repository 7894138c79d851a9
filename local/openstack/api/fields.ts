import * as v from "valibot";
import { type Json, type JsonObject, objectOf } from "../../http/json";
import { badRequest } from "./api-error";
import type { Call } from "./call";

/** Schema of one value of a request body. */
export type Field<T extends Json> = v.GenericSchema<unknown, T>;

/** The fields that a request can have. */
export type Fields = Readonly<Record<string, Field<Json>>>;

/** No fields. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- a shape without required or without optional fields
type NoFields = Record<never, Field<Json>>;

/** The value that a field accepts. */
export type Value<F> = F extends Field<infer T> ? T : never;

/** The values that fields accept. */
export type Values<F extends Fields> = { readonly [K in keyof F]: Value<F[K]> };

/** The fields of a request body. */
export interface Shape<R extends Fields = NoFields, O extends Fields = NoFields> {
  /** The only key of the body, which contains all fields. @default - the body contains the fields itself */
  readonly wrapper?: string;
  readonly required?: R;
  readonly optional?: O;
}

/**
 * Validates a request body strictly: rejects fields that are not documented, and changes of fields that cannot change.
 *
 * The real services are not all as strict. A client that passes here sends nothing that they could reject.
 */
export function read<R extends Fields = NoFields, O extends Fields = NoFields>(
  { body }: Pick<Call, "body">,
  { wrapper, required, optional }: Shape<R, O>,
): Values<R> & Partial<Values<O>> {
  if (wrapper !== undefined && Object.keys(body).join() !== wrapper)
    throw badRequest(`the body must be one "${wrapper}"; it has "${Object.keys(body).join('", "')}"`, "HTTPBadRequest");
  const fields = wrapper === undefined ? body : objectOf(body[wrapper]);
  const result = v.safeParse(object(required ?? {}, optional ?? {}), fields);
  // The type that Neutron returns for every violation of its schema; other services return none.
  if (!result.success) throw badRequest(firstError(result.issues, fields), "HTTPBadRequest");
  return result.output as Values<R> & Partial<Values<O>>;
}

/** The fields with these names. The result has the type of all fields, because fields that are absent are optional ones. */
export function only<F extends Fields>(fields: F, names: readonly (keyof F)[]): F {
  const kept: Fields = Object.fromEntries(names.map((name) => [name, fields[name]]));
  return kept as F;
}

/** A string. */
export const text: Field<string> = v.string("must be a text");

/** A name or description: the services store at most 255 characters. */
export const shortText: Field<string> = v.pipe(
  v.string("must be a text"),
  v.maxLength(255, "must have at most 255 characters"),
);

/** A string that is not empty. */
export const nonEmptyText: Field<string> = v.pipe(
  v.string("must be a text and not empty"),
  v.minLength(1, "must be a text and not empty"),
);

/** A boolean. */
export const flag: Field<boolean> = v.boolean("must be true or false");

/** An integer. */
export const integer: Field<number> = v.pipe(v.number("must be a whole number"), v.integer("must be a whole number"));

/** Any JSON value, for fields that the emulator stores without validating them. */
export const anyJson: Field<Json> = v.custom<Json>(() => true);

/** One of several strings. */
export function oneOf<const W extends string>(...values: readonly W[]): Field<W> {
  return v.picklist(values, `must be one of ${values.join(", ")}`);
}

/** An integer between two others, inclusive. */
export function integerBetween(minimum: number, maximum: number): Field<number> {
  const message = `must be between ${minimum} and ${maximum}`;
  return v.pipe(integer, v.minValue(minimum, message), v.maxValue(maximum, message));
}

/** The value of a field, or null. */
export function nullable<T extends Json>(field: Field<T>): Field<T | null> {
  return v.nullable(field);
}

/** A list of values of a field. */
export function list<T extends Json>(field: Field<T>): Field<readonly T[]> {
  return v.array(field, "must be a list");
}

/** An object, validated as strictly as the body itself. */
export function object<R extends Fields, O extends Fields>(
  required: R,
  optional: O,
): Field<Values<R> & Partial<Values<O>>> {
  const entries: Record<string, v.GenericSchema> = { ...required };
  for (const [name, field] of Object.entries(optional)) entries[name] = v.exactOptional(field);
  const schema = v.pipe(
    v.custom<Record<string, unknown>>(isObject, "must be an object"),
    v.strictObject(entries, "is unknown here, or cannot be changed"),
  );
  return schema as v.GenericSchema<unknown, object> as Field<Values<R> & Partial<Values<O>>>;
}

/** Strings under keys that the client chooses. */
export const labels: Field<Readonly<Record<string, string>>> = v.pipe(
  anyJson,
  v.transform((value: Json) => objectOf(value)),
  v.rawTransform<JsonObject, Record<string, string>>(({ dataset, addIssue }) => {
    const input = dataset.value;
    for (const [key, value] of Object.entries(input))
      if (typeof value !== "string")
        addIssue({ message: "must be a text", path: [{ type: "unknown", origin: "value", input, key, value }] });
    return input as Record<string, string>;
  }),
);

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The message of the first error. Missing fields come first, all in one message; other errors follow the order of the input.
 */
function firstError(issues: readonly v.BaseIssue<unknown>[], input: unknown, depth = 0): string {
  const missing = issues.filter((issue) => issue.path?.length === depth + 1 && isMissing(issue));
  if (missing.length > 0) return `"${missing.map(({ path }) => String(path?.[depth]?.key)).join('", "')}" is required`;
  for (const [key, value] of Object.entries(input as Readonly<Record<string, unknown>>)) {
    const atKey = issues.filter(({ path }) => String(path?.[depth]?.key) === key);
    const own = atKey.find(({ path }) => path?.length === depth + 1);
    if (own !== undefined) return `"${nameOf(own)}" ${own.message}`;
    if (atKey.length > 0) return firstError(atKey, value, depth + 1);
  }
  return "the body is invalid";
}

function isMissing({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected !== "never";
}

/** Items of a list have the name of the list; labels have their key after the name of the field. */
function nameOf({ path }: v.BaseIssue<unknown>): string {
  let name = "";
  for (const { type, key } of path ?? [])
    if (type === "unknown") name += `.${String(key)}`;
    else if (type !== "array") name = String(key);
  return name;
}
