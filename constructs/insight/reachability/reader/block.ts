/**
 * The arguments of a Terraform block as they will stand in the synthesized file, where everything is text, a number, a flag,
 * or a list of those or of further blocks. What is missing, or of another kind than asked for, is undefined.
 */
export class Block {
  private readonly values: ReadonlyMap<string, unknown>;

  constructor(values: unknown) {
    const entries: readonly [string, unknown][] = isObject(values) ? Object.entries(values) : [];
    this.values = new Map(entries);
  }

  /** Text, or a number as text. Empty text counts as missing. */
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

  /** Texts of a list. */
  list(name: string): readonly string[] {
    return listed(this.values.get(name)).flatMap((value) => textOf(value) ?? []);
  }

  /** Blocks of a list, or the only one. */
  blocks(name: string): readonly Block[] {
    return listed(this.values.get(name))
      .filter(isObject)
      .map((value) => new Block(value));
  }

  /** The only block, or an empty one. */
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

function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
