import { isToken } from "../../core/token";
import type { ApiType } from "./conversion";
import {
  LISTS,
  MAPS,
  MEANINGFUL_WHEN_EMPTY,
  NAMES,
  NOT_OF_THE_API,
  NUMBERS,
  NUMBERS_OR_NAMES,
  OCTALS,
  PLURALS,
  WRAPPED,
} from "./conversion";

/** Arguments of a resource or block: as CDKTF synthesizes them, or as Terraform sends them to a provider. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An object as the Kubernetes API takes it. */
export interface ApiObject extends Readonly<Record<string, unknown>> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where a name stands: the kind of the object and the block around it (`""` at the top). */
export interface Spot {
  readonly kind: string;
  readonly parent: string;
}

/** What a block, map or argument of the provider is in the API. */
export interface ApiField {
  readonly name: string;
  readonly shape: "left-out" | "map" | "list" | "wrapped" | "plain";
}

/** What a name of the provider is called in the API, and how its value is laid out there. */
export function apiField(name: string, spot: Spot): ApiField {
  const keys = [`${spot.kind}:${spot.parent}.${name}`, `${spot.kind}:${name}`, `${spot.parent}.${name}`, name];
  const inSet = (set: ReadonlySet<string>): boolean => keys.some((key) => set.has(key));
  const inMap = (map: Readonly<Record<string, string>>): string | undefined =>
    keys.map((key) => map[key]).find((found) => found !== undefined);
  if (inSet(NOT_OF_THE_API)) return { name, shape: "left-out" };
  const own = inMap(NAMES) ?? camelCase(name);
  if (inSet(MAPS)) return { name: own, shape: "map" };
  if (inSet(WRAPPED)) return { name: own, shape: "wrapped" };
  const plural = inMap(PLURALS);
  if (plural !== undefined) return { name: plural, shape: "list" };
  return { name: own, shape: inSet(LISTS) ? "list" : "plain" };
}

/** A resource of the Terraform provider as the object that it makes. */
export function apiObject(type: ApiType, resource: Arguments): ApiObject {
  const { metadata = {}, ...rest } = convert(resource, { kind: type.kind, parent: "" });
  const named = metadata as Readonly<Record<string, unknown>>;
  return {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: type.namespaced ? { ...named, namespace: named["namespace"] ?? "default" } : named,
    ...rest,
  };
}

function convert(block: Arguments, spot: Spot): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(block)) {
    const field = apiField(name, spot);
    const converted = field.shape === "left-out" ? undefined : convertOne(name, value, field, spot);
    if (converted === undefined) continue;
    const before = result[field.name];
    // Secrets have two ways to say data.
    result[field.name] = isObject(before) && isObject(converted) ? { ...before, ...converted } : converted;
  }
  return result;
}

function convertOne(name: string, value: unknown, { shape }: ApiField, { kind }: Spot): unknown {
  if (value === null || value === undefined) return undefined;
  if (shape === "map") return isObject(value) ? convertMap(name, value, kind) : undefined;
  if (isObject(value)) return lay([value], name, shape, kind);
  if (!Array.isArray(value)) return convertText(name, value);
  if (value.length === 0) return undefined;
  return value.every(isObject) ? lay(value, name, shape, kind) : value;
}

function lay(blocks: readonly Arguments[], name: string, shape: ApiField["shape"], kind: string): unknown {
  const converted = blocks.map((block) => convert(block, { kind, parent: name }));
  if (shape === "list") return converted;
  return shape === "wrapped" ? converted.slice(0, 1) : converted[0];
}

function convertMap(name: string, map: Arguments, kind: string): Arguments | undefined {
  const entries = Object.entries(map).filter(([, value]) => value !== null);
  if (entries.length === 0) return undefined;
  const plainSecret = kind === "Secret" && (name === "data" || name === "data_wo");
  return Object.fromEntries(
    entries.map(([key, value]) => [key, plainSecret ? Buffer.from(String(value)).toString("base64") : value]),
  );
}

function convertText(name: string, value: unknown): unknown {
  if (typeof value !== "string" || isToken(value)) return value;
  if (value === "") return MEANINGFUL_WHEN_EMPTY.has(name) ? value : undefined;
  if (OCTALS.has(name)) return Number.parseInt(value, 8);
  if (NUMBERS.has(name)) return Number(value);
  return NUMBERS_OR_NAMES.has(name) && /^\d+$/.test(value) ? Number(value) : value;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
