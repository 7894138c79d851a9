import {
  apiField,
  type FieldContext,
  NUMBERS,
  NUMBERS_OR_NAMES,
  OCTALS,
} from "@groundwork/constructs/kubernetes/manifests";
import type { Block, WireType } from "./schema";
import { isValues, Unknown, type Value, type Values } from "./values";

type Live = Readonly<Record<string, unknown>>;

/**
 * Updates Terraform's state from a live object: the conversion to manifests, reversed.
 *
 * Only attributes that are in the state are read. The server sets many defaults, which would otherwise appear as changes in
 * every plan.
 */
export function stateFrom(schema: Block, known: Values, live: Live, context: FieldContext): Values {
  const entries = Object.entries(known).map(([name, value]): [string, Value] => {
    const block = schema.blocks[name]?.block;
    return [
      name,
      block === undefined ? attribute(name, value, live, context, schema) : blocks(name, value, live, context, block),
    ];
  });
  return Object.fromEntries(entries);
}

function attribute(name: string, value: Value, live: Live, context: FieldContext, schema: Block): Value {
  if (value === null) return null;
  const field = apiField(name, context);
  const type = schema.attributes[name]?.type;
  if (isObjectType(type)) return fromType(type, live[field.name], name, context);
  if (field.shape === "left-out") return value === Unknown.VALUE ? null : value;
  const found = live[field.name];
  if (field.shape === "map") return mapOf(name, value, found, context);
  if (found === undefined || found === null) return isEmpty(value) ? value : null;
  return scalar(name, found, value);
}

/** A read-only object, such as the status, has the API's structure with the provider's names. */
function isObjectType(type: WireType | undefined): boolean {
  return Array.isArray(type) && type[0] !== "map" && typeof type[1] === "object";
}

/** Only the keys of a map that are in the state: servers and controllers add others. */
function mapOf(name: string, value: Value, found: unknown, { kind }: FieldContext): Value {
  const live = (found ?? {}) as Readonly<Record<string, string>>;
  if (!isValues(value)) return null;
  const isSecret = kind === "Secret" && name === "data";
  const read = (text: string): string => (isSecret ? Buffer.from(text, "base64").toString() : text);
  return Object.fromEntries(
    Object.keys(value).flatMap((key) => (live[key] === undefined ? [] : [[key, read(live[key])]])),
  );
}

function blocks(name: string, value: Value, live: Live, context: FieldContext, block: Block): Value {
  const { shape, name: apiName } = apiField(name, context);
  if (shape === "left-out") return value;
  const found = live[apiName];
  const inside = { kind: context.kind, parent: name };
  const readBlock = (known: Value, index: number): readonly Value[] => {
    const part = Array.isArray(found) ? (found as readonly unknown[])[index] : index === 0 ? found : undefined;
    if (!isValues(known)) return [known];
    return isLive(part) ? [stateFrom(block, known, part, inside)] : [];
  };
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(readBlock);
  return readBlock(value, 0)[0] ?? null;
}

function scalar(name: string, found: unknown, known: Value): Value {
  if (Array.isArray(found)) return found as readonly Value[];
  if (typeof found === "number" && OCTALS.has(name)) return `0${found.toString(8)}`;
  const isText = typeof known === "string" || NUMBERS.has(name) || NUMBERS_OR_NAMES.has(name);
  if (typeof found === "number" && isText && typeof known !== "number") return String(found);
  return found as Value;
}

/** Converts a live value to a type; missing fields are null. */
function fromType(type: unknown, found: unknown, name: string, context: FieldContext): Value {
  if (!Array.isArray(type)) return (found ?? null) as Value;
  const [kind, inner] = type as [string, unknown];
  if (kind === "object") {
    const fields = inner as Readonly<Record<string, unknown>>;
    const live = isLive(found) ? found : {};
    return Object.fromEntries(
      Object.entries(fields).map(([key, fieldType]) => {
        const within = { kind: context.kind, parent: name };
        return [key, fromType(fieldType, live[apiField(key, within).name], key, within)];
      }),
    );
  }
  if (kind === "map") return (found ?? null) as Value;
  const elements: readonly unknown[] = Array.isArray(found) ? found : isLive(found) ? [found] : [];
  return elements.map((element) => fromType(inner, element, name, context));
}

function isLive(part: unknown): part is Live {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

function isEmpty(value: Value): boolean {
  return value === "" || value === false || (Array.isArray(value) && value.length === 0);
}
