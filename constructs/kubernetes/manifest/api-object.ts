import { isExpression } from "../../core/token";
import {
  type ApiType,
  LISTS,
  MAPS,
  MEANINGFUL_WHEN_EMPTY,
  NAMES,
  NUMBERS,
  NUMBERS_OR_NAMES,
  OCTALS,
  PLURALS,
  TERRAFORM_ONLY,
  WRAPPED,
} from "./conversion";

/** Arguments of a resource or block, as CDKTF synthesizes them or as Terraform sends them to a provider. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An object of the Kubernetes API. */
export interface ApiObject extends Readonly<Record<string, unknown>> {
  /** Group and version of the API. */
  readonly apiVersion: string;
  /** Kind of object. */
  readonly kind: string;
  /** Name, namespace, labels and annotations. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Position of a name: the kind of the object and the enclosing block (`""` at the top level). */
export interface FieldContext {
  /** Kind of the object. */
  readonly kind: string;
  /** Field that contains this one. */
  readonly parent: string;
}

/** The API field for a block, map or argument of the provider. */
export interface ApiField {
  /** Name of the field. */
  readonly name: string;
  /** Structure of the value. */
  readonly shape: "left-out" | "map" | "list" | "wrapped" | "plain";
}

/** The name and the shape of a provider argument in the API. */
export function apiField(name: string, context: FieldContext): ApiField {
  const keys = [
    `${context.kind}:${context.parent}.${name}`,
    `${context.kind}:${name}`,
    `${context.parent}.${name}`,
    name,
  ];
  const inSet = (set: ReadonlySet<string>): boolean => keys.some((key) => set.has(key));
  const inMap = (map: Readonly<Record<string, string>>): string | undefined =>
    keys.map((key) => map[key]).find((found) => found !== undefined);
  if (inSet(TERRAFORM_ONLY)) return { name, shape: "left-out" };
  const apiName = inMap(NAMES) ?? camelCase(name);
  if (inSet(MAPS)) return { name: apiName, shape: "map" };
  if (inSet(WRAPPED)) return { name: apiName, shape: "wrapped" };
  const plural = inMap(PLURALS);
  if (plural !== undefined) return { name: plural, shape: "list" };
  return { name: apiName, shape: inSet(LISTS) ? "list" : "plain" };
}

/** The API object that a resource of the Terraform provider creates. */
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

function convert(block: Arguments, context: FieldContext): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(block)) {
    const field = apiField(name, context);
    const converted = field.shape === "left-out" ? undefined : convertOne(name, value, field, context);
    if (converted === undefined) continue;
    const before = result[field.name];
    // A Secret has two arguments for the field `data`.
    result[field.name] = isObject(before) && isObject(converted) ? { ...before, ...converted } : converted;
  }
  return result;
}

function convertOne(name: string, value: unknown, { shape }: ApiField, { kind }: FieldContext): unknown {
  if (value === null || value === undefined) return undefined;
  if (shape === "map") return isObject(value) ? convertMap(name, value, kind) : undefined;
  if (isObject(value)) return arrange([value], name, shape, kind);
  if (!Array.isArray(value)) return convertText(name, value);
  if (value.length === 0) return undefined;
  return value.every(isObject) ? arrange(value, name, shape, kind) : value;
}

function arrange(blocks: readonly Arguments[], name: string, shape: ApiField["shape"], kind: string): unknown {
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
  if (typeof value !== "string" || isExpression(value)) return value;
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
