import type { Block } from "./schema";
import type { Values } from "./values";

/** A type of resource that the stand-in looks after. */
export interface Managed {
  readonly schema: Block;
  /** Paths that cannot be changed in place. */
  readonly fixed: readonly string[];
  /** Whether Terraform may find more in a result than was planned, as older providers are allowed to. */
  readonly legacy: boolean;
  /** Makes it; answers what Terraform shall remember. */
  create(planned: Values): Promise<Values>;
  /** What it is now; nothing when it is gone. */
  read(state: Values): Promise<Values | undefined>;
  update(prior: Values, planned: Values): Promise<Values>;
  remove(state: Values): Promise<void>;
}

/** Something was made and then went wrong: Terraform remembers it as tainted, so that the next apply makes it anew. */
export class MadeInVain extends Error {
  override readonly name = "MadeInVain";

  constructor(
    readonly state: Values,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
