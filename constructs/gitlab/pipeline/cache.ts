import { PIP010 } from "../rules";

/** What a cache can say beyond its key and paths. */
export interface CacheOptions {
  /** Whether the job reads the cache, writes it, or both. @default - both */
  readonly policy?: "pull" | "push" | "pull-push";
}

/**
 * Defines what a job leaves for later pipelines, as far as possible: a cache may always be empty.
 *
 * @example Cache.npm(); Cache.by({ files: ["go.sum"] }, [".go/"])
 */
export class Cache {
  /** npm's downloads, keyed by the lock file. To be read by `npm ci --cache .npm`; `node_modules` itself npm would delete. */
  static npm(lockFile = "package-lock.json"): Cache {
    return Cache.by({ files: [lockFile] }, [".npm/"]);
  }

  /** Paths under a key of text, or of one or two files: the cache is new when a file is. */
  static by(
    key: string | { readonly files: readonly string[] },
    paths: readonly string[],
    options: CacheOptions = {},
  ): Cache {
    if (typeof key !== "string" && (key.files.length < 1 || key.files.length > 2))
      throw PIP010.violation({ given: `a cache key of ${key.files.length} files`, fix: "name one or two files" });
    return new Cache(key, paths, options);
  }

  private constructor(
    private readonly key: string | { readonly files: readonly string[] },
    readonly paths: readonly string[],
    private readonly options: CacheOptions,
  ) {}

  /** As GitLab reads it. */
  render(): Readonly<Record<string, unknown>> {
    const { policy } = this.options;
    return { key: this.key, paths: this.paths, ...(policy === undefined ? {} : { policy }) };
  }
}
