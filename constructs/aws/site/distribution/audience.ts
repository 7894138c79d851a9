import { SIT003 } from "../rules";
import { COUNTRIES } from "./countries";

/**
 * Defines the countries that can access a site, by two-letter codes (ISO 3166-1).
 *
 * @example Audience.only("KR", "JP")
 */
export class Audience {
  /** All countries. */
  static everywhere(): Audience {
    return new Audience("none", []);
  }

  /** Only these countries. */
  static only(...countries: readonly string[]): Audience {
    return new Audience("whitelist", checked(countries));
  }

  /** All except these countries. */
  static except(...countries: readonly string[]): Audience {
    return new Audience("blacklist", checked(countries));
  }

  private constructor(
    /** Whether the countries are allowed or blocked. */
    readonly restriction: "none" | "whitelist" | "blacklist",

    /** ISO 3166 codes of the countries. */
    readonly countries: readonly string[],
  ) {}
}

function checked(countries: readonly string[]): readonly string[] {
  const wrong = countries.filter((code, index) => !COUNTRIES.has(code) || countries.indexOf(code) !== index);
  if (countries.length === 0 || wrong.length > 0)
    throw SIT003.violation({
      given: countries.length === 0 ? "no country" : `countries ${wrong.map((code) => `"${code}"`).join(", ")}`,
      fix: 'write each once, by its code of ISO 3166-1 in capital letters: Audience.only("KR", "JP")',
    });
  return countries;
}
