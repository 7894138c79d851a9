import { checkedPage } from "../page";

/**
 * Defines what answers for a path that is no file.
 *
 * All three work on paths whose last part has no dot; a missing `app.js` is always a 404, never a page.
 *
 * @example Fallback.toIndex(); Fallback.page("404.html")
 */
export class Fallback {
  /** The index answers for every path: a single-page application with routes of its own. */
  static toIndex(): Fallback {
    return new Fallback("index", undefined);
  }

  /** Every directory has its index (`/about` and `/about/` are `/about/index.html`); the rest is this page, as a 404. */
  static page(key: string): Fallback {
    return new Fallback("directories", checkedPage(key));
  }

  /** Every directory has its index; the rest is a bare 404. */
  static none(): Fallback {
    return new Fallback("directories", undefined);
  }

  private constructor(
    /** Where a path without a file leads: to the one index, or to the index of its directory. */
    readonly routing: "index" | "directories",
    /** Page for what is missing. */
    readonly missingPage: string | undefined,
  ) {}
}
