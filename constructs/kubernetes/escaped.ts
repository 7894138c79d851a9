import { Token } from "cdktf";
import { escapeTerraform, isExpression } from "../core/token";

/**
 * Copies the arguments of a resource with all texts, including the keys of maps, escaped for Terraform: the `${x}` and `%{x}` of a
 * user are text, not expressions. Values that are known only after apply are not changed.
 */
export function escaped<T>(value: T): T {
  return copy(value, escapeTerraform) as T;
}

/** Copies synthesized arguments with the texts that Terraform sends; a text with an expression, known only after apply, is not changed. */
export function unescaped<T>(value: T): T {
  return copy(value, (text) => (isExpression(text) ? text : text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{"))) as T;
}

function copy(value: unknown, convert: (text: string) => string): unknown {
  if (typeof value === "string") return convert(value);
  if (Array.isArray(value)) return Token.isUnresolved(value) ? value : value.map((element) => copy(element, convert));
  if (typeof value !== "object" || value === null || !isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [convert(key), copy(element, convert)]));
}

/** Whether an object is plain data, also of another realm or without a prototype; tokens and constructs are not. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
