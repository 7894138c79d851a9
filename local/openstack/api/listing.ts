import type { JsonObject } from "../../http/json";
import { badRequest } from "./api-error";
import type { Call } from "./call";

const ORDINARY = ["fields", "limit", "marker", "sort_key", "sort_dir"];

/** What a list call may say besides what every list call may. */
export interface ListingProps {
  /** Fields by which a client may choose. */
  readonly filters: readonly string[];
  /** Words of the query that are taken and mean nothing here. */
  readonly ignored?: readonly string[];
}

/** The part of some objects that a client asks for. A filter that the documentation does not know is refused. */
export function listing({ query }: Call, rows: readonly JsonObject[], props: ListingProps): readonly JsonObject[] {
  const unknown = [...query.keys()].filter(
    (key) => ![...ORDINARY, ...props.filters, ...(props.ignored ?? [])].includes(key),
  );
  if (unknown.length > 0) throw badRequest(`"${unknown.join('", "')}" is no filter here`);
  const chosen = rows.filter((row) =>
    props.filters.every(
      (filter) => !query.has(filter) || query.getAll(filter).some((value) => says(row[filter], value)),
    ),
  );
  const fields = query.getAll("fields");
  return page(query, sorted(query, chosen)).map((row) =>
    fields.length === 0 ? row : Object.fromEntries(fields.map((field) => [field, row[field]])),
  );
}

function says(value: JsonObject[string], wanted: string): boolean {
  if (typeof value === "boolean") return String(value) === wanted.toLowerCase();
  // A list that holds it says it, too.
  if (Array.isArray(value)) return value.some((item) => String(item) === wanted);
  return String(value ?? "") === wanted;
}

function sorted(query: URLSearchParams, rows: readonly JsonObject[]): readonly JsonObject[] {
  const key = query.get("sort_key");
  if (key === null) return rows;
  const direction = query.get("sort_dir") === "desc" ? -1 : 1;
  return [...rows].sort((one, other) => direction * String(one[key]).localeCompare(String(other[key])));
}

function page(query: URLSearchParams, rows: readonly JsonObject[]): readonly JsonObject[] {
  const marker = query.get("marker");
  const from = marker === null ? 0 : rows.findIndex(({ id }) => id === marker) + 1;
  const limit = query.get("limit");
  return rows.slice(from, limit === null ? undefined : from + Number(limit));
}
