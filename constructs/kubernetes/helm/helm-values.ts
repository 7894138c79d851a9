import { Token } from "cdktf";
import type { Place } from "../../core/violation";
import { KUB003 } from "../rules";

/** What a chart can be told. Keys without a value are left out. */
export type HelmValue =
  string | number | boolean | null | undefined | readonly HelmValue[] | { readonly [key: string]: HelmValue };

/** The values of a chart. */
export type HelmValues = Readonly<Record<string, HelmValue>>;

/**
 * Values as one text. JSON is YAML, so a chart reads it; keys are sorted, so that the same values are the same text.
 */
export function renderHelmValues(values: HelmValues, at?: Place): string {
  return JSON.stringify(sorted(values, at), undefined, 2);
}

function sorted(value: HelmValue, at?: Place): unknown {
  if (Array.isArray(value)) {
    // A list that is a token is one element long and stands for any number.
    if (Token.isUnresolved(value))
      throw KUB003.violation({ at, given: "a list that is known only at apply", fix: "give its elements one by one" });
    return (value as readonly HelmValue[]).map((element) => sorted(element, at));
  }
  if (typeof value !== "object" || value === null) return value;
  if (Token.isUnresolved(value) || Object.getPrototypeOf(value) !== Object.prototype)
    throw KUB003.violation({
      at,
      given: "an object that is not plain data",
      fix: "give a text, number or plain object",
    });
  return Object.fromEntries(
    Object.entries(value as HelmValues)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, element]) => [key, sorted(element, at)]),
  );
}
