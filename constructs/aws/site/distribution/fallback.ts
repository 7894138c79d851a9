import { checkedPage } from "../page";

/**
 * Defines the response for a path without a file.
 *
 * All variants rewrite only paths whose last segment has no dot; a missing `app.js` is always a 404.
 *
 * @example Fallback.toIndex(); Fallback.page("404.html")
 */
export class Fallback {
  /** The index document for every path: a single-page application with client-side routing. */
  static toIndex(): Fallback {
    return new Fallback("index", undefined);
  }

  /** The index document of the directory (`/about` and `/about/` return `/about/index.html`); otherwise this page with status 404. */
  static page(key: string): Fallback {
    return new Fallback("directories", checkedPage(key));
  }

  /** The index document of the directory; otherwise an empty 404. */
  static none(): Fallback {
    return new Fallback("directories", undefined);
  }

  private constructor(
    /** Target of a path without a file: the index of the site, or the index of its directory. */
    readonly routing: "index" | "directories",
    /** Page for status 404. */
    readonly missingPage: string | undefined,
  ) {}
}
