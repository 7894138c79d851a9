import { QUO001 } from "./rules";

/** A value of a Ruby file: a string, a number, a truth value, or a list of strings. */
export type RubyValue = string | number | boolean | readonly string[];

/**
 * A value as a Ruby literal without interpolation.
 *
 * @example rubyLiteral("it's") // 'it\'s'
 */
export function rubyLiteral(value: RubyValue): string {
  if (typeof value === "string") return `'${value.replace(/[\\']/g, "\\$&")}'`;
  if (typeof value === "object") return `[${value.map(rubyLiteral).join(", ")}]`;
  if (typeof value === "number" && !Number.isFinite(value))
    throw QUO001.violation({ given: `the number ${value}`, fix: "use a finite number" });
  return String(value);
}
