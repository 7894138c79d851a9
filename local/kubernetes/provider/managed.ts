import type { Block } from "./schema";
import type { Values } from "./values";

/** A resource type that the stand-in manages. */
export interface Managed {
  readonly schema: Block;
  /** Paths that cannot be updated in place. */
  readonly immutablePaths: readonly string[];
  /** Whether the result may differ from the plan, as Terraform allows for providers with the older SDK. */
  readonly legacy: boolean;
  /** Creates the resource; returns its state. */
  create(planned: Values): Promise<Values>;
  /** The current state; `undefined` if the resource no longer exists. */
  read(state: Values): Promise<Values | undefined>;
  update(prior: Values, planned: Values): Promise<Values>;
  remove(state: Values): Promise<void>;
}

/** The resource was created and then failed: Terraform stores it as tainted, so that the next apply replaces it. */
export class PartialCreationError extends Error {
  override readonly name = "PartialCreationError";

  constructor(
    readonly state: Values,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
