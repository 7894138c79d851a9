import type { Statement } from "./statement";

/** An identity that can receive permissions: a role, or a resource with a role (an instance, a service account). */
export interface IGrantee {
  /** Adds statements to the policy of this identity. The resources that they name are not changed. */
  addToPolicy(...statements: readonly Statement[]): void;
}
