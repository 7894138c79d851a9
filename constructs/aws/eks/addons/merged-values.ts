import { Token } from "cdktf";
import type { HelmValue, HelmValues } from "../../../kubernetes/helm/helm-values";

/**
 * Values of a chart with further values. Objects are merged, so that a single key can be set; everything else replaces the value.
 *
 * @example mergedValues({ image: { tag: "v1" } }, { image: { repository: "mirror" } }) // { image: { tag: "v1", repository: "mirror" } }
 */
export function mergedValues(values: HelmValues, more: HelmValues): HelmValues {
  const keys = [...new Set([...Object.keys(values), ...Object.keys(more)])];
  return Object.fromEntries(keys.map((key) => [key, merged(values[key], more[key])]));
}

function merged(value: HelmValue, more: HelmValue): HelmValue {
  if (more === undefined) return value;
  return isObject(value) && isObject(more) ? mergedValues(value, more) : more;
}

function isObject(value: HelmValue): value is HelmValues {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}
