import { type Json, type JsonObject, objectOf } from "../../http/json";
import { badRequest } from "./api-error";
import type { Call } from "./call";

/** Reads one value of a request's body, or refuses it. */
export type Field<T extends Json> = (value: Json, name: string) => T;

/** The fields a request may have. */
export type Fields = Readonly<Record<string, Field<Json>>>;

/** None of them. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no fields is what is meant
type NoFields = Record<never, Field<Json>>;

/** What reading them gives. */
export type Values<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

/** What a request may say, and must. */
export interface Shape<R extends Fields = NoFields, O extends Fields = NoFields> {
  /** The key that everything stands under; nothing where it stands bare. */
  readonly wrapper?: string;
  readonly required?: R;
  readonly optional?: O;
}

/**
 * Reads a request's body strictly: what the documentation does not name is refused, as is a change of what cannot change.
 *
 * The real services are not all as strict. A client that passes here says nothing they might stumble over.
 */
export function read<R extends Fields = NoFields, O extends Fields = NoFields>(
  { body }: Pick<Call, "body">,
  { wrapper, required, optional }: Shape<R, O>,
): Values<R> & Partial<Values<O>> {
  if (wrapper !== undefined && Object.keys(body).join() !== wrapper)
    throw badRequest(`the body must be one "${wrapper}"; it has "${Object.keys(body).join('", "')}"`);
  return readObject(wrapper === undefined ? body : objectOf(body[wrapper]), { required, optional });
}

function readObject<R extends Fields, O extends Fields>(
  given: JsonObject,
  { required, optional }: { readonly required: R | undefined; readonly optional: O | undefined },
): Values<R> & Partial<Values<O>> {
  const known: Fields = { ...required, ...optional };
  const missing = Object.keys(required ?? {}).filter((name) => given[name] === undefined);
  if (missing.length > 0) throw badRequest(`"${missing.join('", "')}" is required`);
  const values: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = known[name];
    if (field === undefined) throw badRequest(`"${name}" is unknown here, or cannot be changed`);
    if (value !== undefined) values[name] = field(value, name);
  }
  return values as Values<R> & Partial<Values<O>>;
}

/** The fields with these names. What is read from the others is optional, so it may as well never be there. */
export function only<F extends Fields>(fields: F, names: readonly (keyof F)[]): F {
  const kept: Fields = Object.fromEntries(names.map((name) => [name, fields[name]]));
  return kept as F;
}

/** A text. */
export const text: Field<string> = (value, name) => {
  if (typeof value !== "string") throw badRequest(`"${name}" must be a text`);
  return value;
};

/** A text with something in it. */
export const word: Field<string> = (value, name) => {
  if (typeof value !== "string" || value === "") throw badRequest(`"${name}" must be a text and not empty`);
  return value;
};

/** Yes or no. */
export const flag: Field<boolean> = (value, name) => {
  if (typeof value !== "boolean") throw badRequest(`"${name}" must be true or false`);
  return value;
};

/** A whole number. */
export const whole: Field<number> = (value, name) => {
  if (typeof value !== "number" || !Number.isInteger(value)) throw badRequest(`"${name}" must be a whole number`);
  return value;
};

/** Anything; for what the emulator takes and does not look into. */
export const anything: Field<Json> = (value) => value;

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]): Field<W> {
  return (value, name) => {
    const found = words.find((known) => known === value);
    if (found === undefined) throw badRequest(`"${name}" must be one of ${words.join(", ")}`);
    return found;
  };
}

/** A whole number between two. */
export function between(least: number, most: number): Field<number> {
  return (value, name) => {
    const number = whole(value, name);
    if (number < least || number > most) throw badRequest(`"${name}" must be between ${least} and ${most}`);
    return number;
  };
}

/** The value, or null. */
export function orNull<T extends Json>(field: Field<T>): Field<T | null> {
  return (value, name) => (value === null ? null : field(value, name));
}

/** Several of them. */
export function list<T extends Json>(field: Field<T>): Field<readonly T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw badRequest(`"${name}" must be a list`);
    return value.map((item: Json) => field(item, name));
  };
}

/** An object of its own, as strict as the body itself. */
export function object<R extends Fields, O extends Fields>(
  required: R,
  optional: O,
): Field<Values<R> & Partial<Values<O>>> {
  return (value, name) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw badRequest(`"${name}" must be an object`);
    return readObject(objectOf(value), { required, optional });
  };
}

/** Texts under keys that the client chooses. */
export const labels: Field<Readonly<Record<string, string>>> = (value, name) =>
  Object.fromEntries(Object.entries(objectOf(value)).map(([key, item]) => [key, text(item ?? null, `${name}.${key}`)]));
