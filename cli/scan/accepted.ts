import { CLUSTER } from "./accepted/cluster";
import { GITLAB } from "./accepted/gitlab";
import { NETWORK } from "./accepted/network";
import { SITE } from "./accepted/site";
import { WORKLOADS } from "./accepted/workloads";
import type { AcceptedFinding } from "./accepted-finding";

/** All accepted findings with their reasons. An entry without a finding fails the scan, like a finding without an entry. */
export const ACCEPTED: readonly AcceptedFinding[] = [...NETWORK, ...CLUSTER, ...WORKLOADS, ...SITE, ...GITLAB];
