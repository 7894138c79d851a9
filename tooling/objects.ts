/** An object of JSON or YAML whose content is not known. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): PlainObject {
  return isObject(value) ? value : {};
}
