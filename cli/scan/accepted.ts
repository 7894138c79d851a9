import { CLUSTER } from "./accepted/cluster";
import { GITLAB } from "./accepted/gitlab";
import { NETWORK } from "./accepted/network";
import { SITE } from "./accepted/site";
import { WORKLOADS } from "./accepted/workloads";

/** A finding that stays, and why. */
export interface Accepted {
  /** Id of the scanner's check. */
  readonly check: string;
  /** Stacks it is accepted in: `*` stands for any environment. */
  readonly stacks: readonly string[];
  /** Beginning of the logical names it is accepted for. */
  readonly resource: string;
  readonly reason: string;
}

/** Every finding that remains, with its reason. One that nothing has any more fails the scan, as one without a reason does. */
export const ACCEPTED: readonly Accepted[] = [...NETWORK, ...CLUSTER, ...WORKLOADS, ...SITE, ...GITLAB];
