import { type Range, overlap, within } from "./traffic/range";

/** Whether a statement is true; `maybe` where it depends on a value that is known only after apply or is outside of the tree. */
export type Certainty = "yes" | "no" | "maybe";

/** A value that the tree does not contain, with the reason, such as "its ports are known only after apply". */
export interface Unknown {
  readonly unknown: string;
}

/** Whether a value is missing from the tree. */
export function isUnknown(value: object): value is Unknown {
  // A tenth of the time of a large query with `in`.
  return (value as Partial<Unknown>).unknown !== undefined;
}

/** Whether a block contains all of the numbers; `maybe` if it contains some of them. */
export function contains(block: Range | Unknown, numbers: Range | Unknown): Certainty {
  if (isUnknown(block) || isUnknown(numbers)) return "maybe";
  if (within(numbers, block)) return "yes";
  return overlap(numbers, block) ? "maybe" : "no";
}

/** Whether all of several statements are true. */
export function all(...statements: readonly Certainty[]): Certainty {
  if (statements.includes("no")) return "no";
  return statements.includes("maybe") ? "maybe" : "yes";
}
