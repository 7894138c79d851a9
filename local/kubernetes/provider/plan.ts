import type { Block } from "./schema";
import { isSame, isValues, mapBlocks, Unknown, type Value, type Values } from "./values";

/** The plan for a resource. */
export interface Planned {
  readonly state: Value;
  /** Changed paths that require a replacement. */
  readonly replacing: readonly (readonly string[])[];
}

/**
 * Plans a change as providers do: computed attributes are unknown until the resource is created, and keep their values
 * afterwards.
 */
export function planned(schema: Block, prior: Value, proposed: Value, immutable: readonly string[]): Planned {
  if (!isValues(proposed)) return { state: null, replacing: [] };
  if (!isValues(prior)) return { state: withUnknowns(schema, proposed), replacing: [] };
  const replacing = immutable
    .map((path) => path.split("."))
    .filter((path) => !isSame(at(prior, path), at(proposed, path)) && at(proposed, path) !== Unknown.VALUE);
  return {
    state: replacing.length > 0 ? withUnknowns(schema, withoutComputed(schema, proposed)) : proposed,
    replacing,
  };
}

/** The value at a path; in a list of blocks the first block is used. */
export function at(value: Value, path: readonly string[]): Value {
  return path.reduce((part: Value, step): Value => {
    const inside = Array.isArray(part) ? ((part as readonly Value[])[0] ?? null) : part;
    return isValues(inside) ? (inside[step] ?? null) : null;
  }, value);
}

function withUnknowns(schema: Block, values: Values): Values {
  return mapped(schema, values, (value, computed) => (computed && value === null ? Unknown.VALUE : value));
}

/** For a replacement: read-only attributes are computed again. */
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
    return block === undefined ? value : mapBlocks(value, (nested) => mapped(block, nested, map));
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inside(name, value)]));
}
