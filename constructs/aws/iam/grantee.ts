import type { Statement } from "./statement";

/** Something that can be given permissions: a role, or whatever has one (an instance, a service account). */
export interface IGrantee {
  /** Adds statements to the policy of this identity. The things they speak about are not touched. */
  addToPolicy(...statements: readonly Statement[]): void;
}
