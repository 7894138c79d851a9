import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Resource types of one stack by what a test has done with them. */
export interface Verified {
  /** The stack, or the test's name of its configuration. */
  readonly name: string;
  /** Types that Terraform has validated against the provider's schema. */
  readonly validated: readonly string[];
  /** Types of which at least one resource was created. */
  readonly applied: readonly string[];
  /** Types without changes in a second plan. */
  readonly clean: readonly string[];
  /** Types of which every resource was destroyed. */
  readonly destroyed: readonly string[];
}

/** Stores the result of a test for the page `docs/verified.md`. */
export function recordVerified(directory: string, verified: Verified): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${verified.name}.json`), `${JSON.stringify(verified, undefined, 2)}\n`);
}

/** All stored results. */
export function readVerified(directory: string): readonly Verified[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(directory, file), "utf8")) as Verified);
  } catch {
    return [];
  }
}
