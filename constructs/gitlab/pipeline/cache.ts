import { defined } from "../../core/defined";
import { PIP010 } from "../rules";

/** Options of a cache. */
export interface CacheOptions {
  /** Whether the job reads the cache, writes it, or both. @default - both */
  readonly policy?: "pull" | "push" | "pull-push";
}

/**
 * Defines files that a job keeps for later pipelines. A cache can be empty at any time.
 *
 * @example Cache.npm(); Cache.by({ files: ["go.sum"] }, [".go/"])
 */
export class Cache {
  /** The npm downloads, keyed by the lock file. Use it with `npm ci --cache .npm`; npm ci deletes a cached `node_modules`. */
  static npm(lockFile = "package-lock.json"): Cache {
    return Cache.by({ files: [lockFile] }, [".npm/"]);
  }

  /** Paths with a key: a text, or one or two files whose change invalidates the cache. */
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

    /** Files and directories, from the project's directory. */
    readonly paths: readonly string[],
    private readonly options: CacheOptions,
  ) {}

  /** The `cache` keyword of GitLab CI. */
  render(): Readonly<Record<string, unknown>> {
    const { policy } = this.options;
    return { key: this.key, paths: this.paths, ...defined({ policy }) };
  }
}
