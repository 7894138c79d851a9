import { Token } from "cdktf";
import { escapeTerraform } from "../../core/token";
import type { Location } from "../../core/violation";
import { isPlainObject } from "../manifest/convert-texts";
import { KUB003 } from "../rules";

/** A value of a chart: plain data. Keys whose value is undefined are omitted. */
export type HelmValue =
  string | number | boolean | null | undefined | readonly HelmValue[] | { readonly [key: string]: HelmValue };

/** The values of a chart. */
export type HelmValues = Readonly<Record<string, HelmValue>>;

/**
 * The values as one JSON document, which is valid YAML. Keys are sorted, so that equal values produce no change. Escaped for
 * Terraform: `${x}` in a value is text.
 */
export function renderHelmValues(values: HelmValues, at?: Location): string {
  return escapeTerraform(JSON.stringify(sorted(values, at, []), undefined, 2));
}

/** `parents` are the lists and objects that contain the value. */
function sorted(value: HelmValue, at: Location | undefined, parents: readonly HelmValue[]): unknown {
  if (typeof value !== "object" || value === null) return scalar(value, at);
  if (parents.includes(value))
    throw KUB003.violation({ at, given: "a value that contains itself", fix: "use plain data without cycles" });
  const within = [...parents, value];
  if (Array.isArray(value)) {
    // A list token has one element, which represents an unknown number of elements.
    if (Token.isUnresolved(value))
      throw KUB003.violation({
        at,
        given: "a list that is known only after apply",
        fix: "pass its elements one by one",
      });
    return (value as readonly HelmValue[]).map((element) => sorted(element, at, within));
  }
  return sortedObject(value as HelmValues, at, within);
}

function sortedObject(value: HelmValues, at: Location | undefined, within: readonly HelmValue[]): unknown {
  if (Token.isUnresolved(value) || !isPlainObject(value))
    throw KUB003.violation({
      at,
      given: "an object that is not plain data",
      fix: "use a string, number or plain object",
    });
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, element]) => [key, sorted(element, at, within)]),
  );
}

function scalar(value: HelmValue, at?: Location): HelmValue {
  if (typeof value === "number" && !Number.isFinite(value) && !Token.isUnresolved(value))
    throw KUB003.violation({ at, given: `the number ${value}`, fix: "use a finite number; JSON would render null" });
  if (["function", "symbol", "bigint"].includes(typeof value))
    throw KUB003.violation({ at, given: `a ${typeof value}`, fix: "use plain data" });
  return value;
}
