import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { NetworkApi } from "./api/network-api";
import { NETWORK_QUOTAS, type NetworkQuotas } from "./limits";
import { NHN013 } from "./rules";

const LABELS: Readonly<Record<keyof NetworkQuotas, string>> = {
  vpcs: "VPCs",
  internetGateways: "internet gateways",
  natGateways: "NAT gateways",
  networkAcls: "network ACLs",
  aclRules: "network ACL rules",
};

/** Resources of each stack so far. Stacks of other environments are in other projects, so each stack is counted separately. */
const COUNTS = new WeakMap<IConstruct, Map<keyof NetworkQuotas, number>>();

/** Counts a stack's resources of a kind; rejects a number above the project's quota. */
export function countAgainstQuota(at: Construct, api: NetworkApi, kind: keyof NetworkQuotas, added = 1): void {
  const stack = TerraformStack.of(at);
  const counts = COUNTS.get(stack) ?? new Map<keyof NetworkQuotas, number>();
  COUNTS.set(stack, counts);
  const total = (counts.get(kind) ?? 0) + added;
  counts.set(kind, total);
  const quota = api.quotas?.[kind] ?? NETWORK_QUOTAS[kind];
  if (total > quota)
    throw NHN013.violation({
      at,
      given: `${total} ${LABELS[kind]} in one stack`,
      fix: `use at most ${quota}, or set the raised quota in the quotas of the NetworkApi`,
    });
}
