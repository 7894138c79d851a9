import type { Violation } from "@groundwork/constructs/core";
import type { Path } from "./data";

/** A mistake in an environment file: the key of the value, and the rule that it violates. */
export interface Mistake {
  readonly path: Path;
  readonly violation: Violation;
}

/** A mistake, and the environment that has it. */
export interface Finding extends Mistake {
  /** Name of the environment's file. */
  readonly environment: string;
  /** Whether the stacks are synthesized nevertheless: placeholders, missing images, and blocks that two environments share. */
  readonly isNotice: boolean;
}
