import { randomUUID } from "node:crypto";
import type { JsonObject } from "../http/json";
import { notFound } from "./api/api-error";

/** A stored object; every one has an id. */
export interface Row extends JsonObject {
  readonly id: string;
}

/** A kind of object, such as ports. The type parameter is the type of its objects. */
export class Kind<T extends Row> {
  declare protected readonly of: T;

  constructor(
    /** Name of one object of this kind. */
    readonly name: string,
  ) {}
}

/** Kind, id and name of an object. */
export interface ObjectSummary {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

interface Entry<T> {
  row: T;
  /** Whether the cloud created it, at start or as part of an object of a client. Clients do not have to delete it. */
  readonly provided: boolean;
  /** A state change that takes effect after this number of polls. */
  pending: { polls: number; readonly settle: () => void } | undefined;
}

/**
 * Defines the store of all objects of one cloud.
 *
 * Operations that take time in a real cloud take polls here: a pending state change takes effect after a client has read the object.
 * A client that does not wait therefore fails, and tests need no clock.
 */
export class Store {
  /** Maximum number of machines, cores, MB of memory, volumes and GB of volumes. Initially the defaults of Nova and Cinder. */
  quota = { instances: 10, cores: 20, ram: 51_200, volumes: 10, gigabytes: 1_000 };
  private readonly tables = new Map<object, Map<string, Entry<unknown>>>();
  private readonly names = new Map<object, string>();

  /** Generates an unused id. */
  newId(): string {
    return randomUUID();
  }

  /** All objects of a kind, the oldest first. */
  all<T extends Row>(kind: Kind<T>): readonly T[] {
    return [...this.table(kind).values()].map(({ row }) => row);
  }

  /** The object with an id; `undefined` when it does not exist. */
  find<T extends Row>(kind: Kind<T>, id: string | null | undefined): T | undefined {
    return this.table(kind).get(id ?? "")?.row;
  }

  /** The object with an id. Throws a 404 error when it does not exist. */
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

  /** Removes an object. */
  remove<T extends Row>(kind: Kind<T>, id: string): void {
    this.table(kind).delete(id);
  }

  /** Schedules a state change of an object after a number of polls. Replaces a pending one. */
  afterPolls<T extends Row>(kind: Kind<T>, id: string, polls: number, settle: () => void): void {
    const entry = this.table(kind).get(id);
    if (entry !== undefined) entry.pending = { polls, settle };
  }

  /** Copies the state; the returned function restores it. */
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

  /** Counts a poll of an object: to be called after the object was returned to a client in its present state. */
  recordPoll<T extends Row>(kind: Kind<T>, id: string): void {
    const entry = this.table(kind).get(id);
    if (entry?.pending === undefined) return;
    entry.pending.polls -= 1;
    if (entry.pending.polls > 0) return;
    const { settle } = entry.pending;
    entry.pending = undefined;
    settle();
  }

  /** The objects that clients have created and not deleted. */
  clientObjects(): readonly ObjectSummary[] {
    return this.entries()
      .filter(({ provided }) => !provided)
      .map(({ kind, id, name }) => ({ kind, id, name }));
  }

  /** The object with an id, of any kind. An object of a client takes precedence over one that the cloud created for it. */
  summaryOf(id: string): ObjectSummary | undefined {
    const found = this.entries().filter((entry) => entry.id === id);
    return found.find(({ provided }) => !provided) ?? found[0];
  }

  private entries(): readonly (ObjectSummary & { readonly provided: boolean })[] {
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
    // Tables are keyed by the kind itself, so each contains only rows of its kind.
    return table as Map<string, Entry<T>>;
  }
}
