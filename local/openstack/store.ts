import { randomUUID } from "node:crypto";
import type { JsonObject } from "../http/json";
import { notFound } from "./api/api-error";

/** Anything that has an id. */
export interface Row extends JsonObject {
  readonly id: string;
}

/** A kind of object, such as ports. The type parameter is what one of them looks like. */
export class Kind<T extends Row> {
  declare protected readonly of: T;

  constructor(
    /** What one of them is called. */
    readonly name: string,
  ) {}
}

/** What a cloud has, for whoever asks what is left. */
export interface Remaining {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

interface Entry<T> {
  row: T;
  /** The cloud made it by itself, with itself or with what a client made: nobody has to take it away. */
  readonly provided: boolean;
  /** What is about to happen to it, after so many looks at it. */
  pending: { polls: number; readonly settle: () => void } | undefined;
}

/**
 * Defines everything that one cloud remembers.
 *
 * What takes time in a real cloud takes looks here: an object that was told to settle does so after it has been looked
 * at. So a client that does not wait fails, and a test needs no clock.
 */
export class World {
  /** Machines of the project, their cores and their memory (MB), at most: an unconfigured Nova's, until somebody raises it. */
  quota = { instances: 10, cores: 20, ram: 51_200 };
  private readonly tables = new Map<object, Map<string, Entry<unknown>>>();
  private readonly names = new Map<object, string>();

  /** An id that nothing has. */
  newId(): string {
    return randomUUID();
  }

  /** All objects of a kind, the oldest first. */
  all<T extends Row>(kind: Kind<T>): readonly T[] {
    return [...this.table(kind).values()].map(({ row }) => row);
  }

  /** The object with an id; nothing when there is none. */
  find<T extends Row>(kind: Kind<T>, id: string | null | undefined): T | undefined {
    return this.table(kind).get(id ?? "")?.row;
  }

  /** The object with an id. Refuses when there is none. */
  get<T extends Row>(kind: Kind<T>, id: string): T {
    const row = this.find(kind, id);
    if (row === undefined) throw notFound(kind.name, id);
    return row;
  }

  /** Adds an object. */
  add<T extends Row>(kind: Kind<T>, row: T, { provided = false } = {}): T {
    this.table(kind).set(row.id, { row, provided, pending: undefined });
    return row;
  }

  /** Changes some fields of an object. */
  change<T extends Row>(kind: Kind<T>, id: string, change: Partial<T>): T {
    const entry = this.table(kind).get(id);
    if (entry === undefined) throw notFound(kind.name, id);
    entry.row = { ...entry.row, ...change };
    return entry.row;
  }

  /** Forgets an object. */
  remove<T extends Row>(kind: Kind<T>, id: string): void {
    this.table(kind).delete(id);
  }

  /** Lets something happen to an object once it has been looked at. What was pending before is replaced. */
  afterPolls<T extends Row>(kind: Kind<T>, id: string, polls: number, settle: () => void): void {
    const entry = this.table(kind).get(id);
    if (entry !== undefined) entry.pending = { polls, settle };
  }

  /** Remembers how everything is; what it answers puts everything back. */
  restorePoint(): () => void {
    const kept = [...this.tables.values()].map((table) => {
      const entries = [...table].map(([id, { pending, ...entry }]): [string, Entry<unknown>] => [
        id,
        { ...entry, pending: pending === undefined ? undefined : { ...pending } },
      ]);
      return { table, entries };
    });
    return () => {
      for (const table of this.tables.values()) table.clear();
      for (const { table, entries } of kept) for (const [id, entry] of entries) table.set(id, entry);
    };
  }

  /** Says that a client has looked at an object, and has seen it as it was. */
  looked<T extends Row>(kind: Kind<T>, id: string): void {
    const entry = this.table(kind).get(id);
    if (entry?.pending === undefined) return;
    entry.pending.polls -= 1;
    if (entry.pending.polls > 0) return;
    const { settle } = entry.pending;
    entry.pending = undefined;
    settle();
  }

  /** Everything that somebody made and nobody took away. */
  remaining(): readonly Remaining[] {
    return this.entries()
      .filter(({ provided }) => !provided)
      .map(({ kind, id, name }) => ({ kind, id, name }));
  }

  /** What an id stands for, whatever kind it is of. What a client made goes before what the cloud made for it. */
  called(id: string): Remaining | undefined {
    const found = this.entries().filter((entry) => entry.id === id);
    return found.find(({ provided }) => !provided) ?? found[0];
  }

  private entries(): readonly (Remaining & { readonly provided: boolean })[] {
    return [...this.tables].flatMap(([kind, table]) =>
      [...table].map(([id, { row, provided }]) => ({
        kind: this.names.get(kind) ?? "",
        id,
        name: typeof row === "object" && row !== null && "name" in row ? String(row.name) : "",
        provided,
      })),
    );
  }

  private table<T extends Row>(kind: Kind<T>): Map<string, Entry<T>> {
    const table = this.tables.get(kind) ?? new Map<string, Entry<unknown>>();
    this.tables.set(kind, table);
    this.names.set(kind, kind.name);
    // The key is the kind itself, so a table holds nothing but rows of it.
    return table as Map<string, Entry<T>>;
  }
}
