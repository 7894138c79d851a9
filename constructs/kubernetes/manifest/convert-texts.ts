import { isExpression } from "../../core/token";

/** Copies synthesized arguments with the texts that Terraform sends; a text with an expression, known only after apply, is not changed. */
export function unescaped<T>(value: T): T {
  return convertTexts(value, (text) =>
    isExpression(text) ? text : text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{"),
  ) as T;
}

/** Copies plain data with all texts converted, including the keys of maps; a list for which `isOpaque` is true is not changed. */
export function convertTexts(
  value: unknown,
  convert: (text: string) => string,
  isOpaque: (list: unknown) => boolean = () => false,
): unknown {
  const copy = (part: unknown): unknown => {
    if (typeof part === "string") return convert(part);
    if (Array.isArray(part)) return isOpaque(part) ? part : part.map(copy);
    if (typeof part !== "object" || part === null || !isPlainObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, element]) => [convert(key), copy(element)]));
  };
  return copy(value);
}

/** Whether an object is plain data, also of another realm or without a prototype; tokens and constructs are not. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
