/** The properties of `T` without `undefined` among their values. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/**
 * Copies an object without the properties whose value is `undefined`.
 *
 * CDKTF and `exactOptionalPropertyTypes` distinguish an absent property from one that is `undefined`; spreading the result adds
 * only what is set: `{ name, ...defined({ description, zone }) }`.
 */
export function defined<T extends object>(properties: T): Defined<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Defined<T>;
}
