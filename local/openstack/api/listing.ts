import type { JsonObject } from "../../http/json";
import { badRequest } from "./api-error";
import type { Call } from "./call";

/** Query parameters that every list operation accepts. */
const STANDARD_PARAMETERS = ["fields", "limit", "marker", "sort_key", "sort_dir"];

/** Query parameters that a list operation accepts in addition to those of every list operation. */
export interface ListingProps {
  /** Fields by which a client can filter. */
  readonly filters: readonly string[];
  /** Parameters that are accepted and have no effect. @default [] */
  readonly ignored?: readonly string[];
}

/** Filters, sorts and pages objects as the query requests. Rejects a filter that is not documented. */
export function listing({ query }: Call, rows: readonly JsonObject[], props: ListingProps): readonly JsonObject[] {
  const known = [...STANDARD_PARAMETERS, ...props.filters, ...(props.ignored ?? [])];
  const unknown = [...query.keys()].filter((key) => !known.includes(key));
  if (unknown.length > 0) throw badRequest(`"${unknown.join('", "')}" is no filter here`);
  const filtered = rows.filter((row) =>
    props.filters.every(
      (filter) => !query.has(filter) || query.getAll(filter).some((value) => matches(row[filter], value)),
    ),
  );
  const fields = query.getAll("fields");
  return page(query, sorted(query, filtered)).map((row) =>
    fields.length === 0 ? row : Object.fromEntries(fields.map((field) => [field, row[field]])),
  );
}

function matches(value: JsonObject[string], expected: string): boolean {
  // Clients write True as well as true.
  if (typeof value === "boolean") return String(value) === expected.toLowerCase();
  // A list matches by any of its items.
  if (Array.isArray(value)) return value.some((item) => String(item) === expected);
  return String(value ?? "") === expected;
}

function sorted(query: URLSearchParams, rows: readonly JsonObject[]): readonly JsonObject[] {
  const key = query.get("sort_key");
  if (key === null) return rows;
  const direction = query.get("sort_dir") === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => direction * String(a[key]).localeCompare(String(b[key])));
}

function page(query: URLSearchParams, rows: readonly JsonObject[]): readonly JsonObject[] {
  const marker = query.get("marker");
  const from = marker === null ? 0 : rows.findIndex(({ id }) => id === marker) + 1;
  const limit = query.get("limit");
  return rows.slice(from, limit === null ? undefined : from + Number(limit));
}
