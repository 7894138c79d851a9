/**
 * Typed access to the arguments of a Terraform block as they are synthesized: strings, numbers, booleans, nested blocks, and lists of
 * these. Arguments that are missing or of another type are undefined.
 */
export class Block {
  private readonly values: ReadonlyMap<string, unknown>;

  constructor(values: unknown) {
    const entries: readonly [string, unknown][] = isObject(values) ? Object.entries(values) : [];
    this.values = new Map(entries);
  }

  /** A string, or a number as string. An empty string counts as missing. */
  text(name: string): string | undefined {
    return textOf(this.values.get(name));
  }

  number(name: string): number | undefined {
    const value = this.values.get(name);
    return typeof value === "number" ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.values.get(name);
    return typeof value === "boolean" ? value : undefined;
  }

  /** Strings of a list. */
  list(name: string): readonly string[] {
    return listOf(this.values.get(name)).flatMap((value) => textOf(value) ?? []);
  }

  /** Blocks of a list, or a single block. */
  blocks(name: string): readonly Block[] {
    return listOf(this.values.get(name))
      .filter(isObject)
      .map((value) => new Block(value));
  }

  /** The first block, or an empty one. */
  block(name: string): Block {
    return this.blocks(name)[0] ?? new Block(undefined);
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
