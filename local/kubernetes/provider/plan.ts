import type { Block } from "./schema";
import type { Value, Values } from "./values";
import { isSame, isValues, Unknown } from "./values";

/** What to do with a resource, and what is known of it before it is done. */
export interface Planned {
  readonly state: Value;
  /** Paths of what cannot be changed in place. */
  readonly replacing: readonly (readonly string[])[];
}

/**
 * Plans a change the way providers do: what the config leaves to the provider is unknown until it is made, and kept from
 * then on.
 */
export function planned(schema: Block, prior: Value, proposed: Value, fixed: readonly string[]): Planned {
  if (!isValues(proposed)) return { state: null, replacing: [] };
  if (!isValues(prior)) return { state: withUnknowns(schema, proposed), replacing: [] };
  const replacing = fixed
    .map((path) => path.split("."))
    .filter((path) => !isSame(at(prior, path), at(proposed, path)) && at(proposed, path) !== Unknown.VALUE);
  return {
    state: replacing.length > 0 ? withUnknowns(schema, withoutComputed(schema, proposed)) : proposed,
    replacing,
  };
}

/** The value at a path; blocks in lists are looked for in the first. */
export function at(value: Value, path: readonly string[]): Value {
  return path.reduce((part: Value, step): Value => {
    const inside = Array.isArray(part) ? ((part as readonly Value[])[0] ?? null) : part;
    return isValues(inside) ? (inside[step] ?? null) : null;
  }, value);
}

function withUnknowns(schema: Block, values: Values): Values {
  return mapped(schema, values, (value, computed) => (computed && value === null ? Unknown.VALUE : value));
}

/** For a resource that is made anew: what only the provider says is asked again. */
function withoutComputed(schema: Block, values: Values): Values {
  return mapped(schema, values, (value, computed, settable) => (computed && !settable ? null : value));
}

function mapped(
  schema: Block,
  values: Values,
  map: (value: Value, computed: boolean, settable: boolean) => Value,
): Values {
  const inside = (name: string, value: Value): Value => {
    const attribute = schema.attributes[name];
    if (attribute !== undefined) return map(value, attribute.computed, attribute.optional || attribute.required);
    const block = schema.blocks[name]?.block;
    if (block === undefined) return value;
    if (Array.isArray(value))
      return (value as readonly Value[]).map((element) => (isValues(element) ? mapped(block, element, map) : element));
    return isValues(value) ? mapped(block, value, map) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inside(name, value)]));
}
