import type { Range } from "./range";
import { meet, within } from "./range";

/** What is known of a statement. A value that only Terraform will know, or that stands elsewhere, makes it neither true nor false. */
export type Certainty = "yes" | "no" | "maybe";

/** A value that the tree does not hold, with the reason in words: "its block is known at apply only". */
export interface Unknown {
  readonly unknown: string;
}

/** Whether a value is missing from the tree. */
export function isUnknown(value: object): value is Unknown {
  return "unknown" in value;
}

/** Whether all of the numbers are part of a block. Some of them is neither yes nor no. */
export function holds(block: Range | Unknown, numbers: Range | Unknown): Certainty {
  if (isUnknown(block) || isUnknown(numbers)) return "maybe";
  if (within(numbers, block)) return "yes";
  return meet(numbers, block) ? "maybe" : "no";
}

/** Whether all of several statements are true. */
export function all(...statements: readonly Certainty[]): Certainty {
  if (statements.includes("no")) return "no";
  return statements.includes("maybe") ? "maybe" : "yes";
}
