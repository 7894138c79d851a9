import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

/** A value that is known only after the apply. */
export class Unknown {
  private constructor(private readonly isUnknown = true) {}
  static readonly VALUE = new Unknown();
}

/** A value as Terraform sends it: objects contain every attribute, `null` if it is not set. */
export type Value = string | number | boolean | null | Unknown | readonly Value[] | Values;

/** An object of values. */
export interface Values {
  readonly [name: string]: Value;
}

const codec = new ExtensionCodec();
// Type 12 is an unknown value with refinements, which are not used here.
for (const type of [0, 12]) codec.register({ type, encode: () => null, decode: () => Unknown.VALUE });
codec.register({
  type: 0,
  encode: (value) => (value === Unknown.VALUE ? new Uint8Array([0]) : null),
  decode: () => Unknown.VALUE,
});

/** An encoded value of the plugin protocol. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
}

export function decodeValue(value: DynamicValue | null | undefined): Value {
  return value?.msgpack === undefined || value.msgpack.length === 0
    ? null
    : (decode(value.msgpack, { extensionCodec: codec }) as Value);
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: codec }) };
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value !== Unknown.VALUE;
}

/** The nested blocks of a value, for all nesting modes. */
export function blocksIn(value: Value | undefined): readonly Values[] {
  if (Array.isArray(value)) return (value as readonly Value[]).filter(isValues);
  return isValues(value) ? [value] : [];
}

/** Applies a function to the nested blocks of a value, for all nesting modes. */
export function mapBlocks(value: Value, map: (block: Values) => Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => (isValues(each) ? map(each) : each));
  return isValues(value) ? map(value) : value;
}

/** Whether two values are equal. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
