import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { NetworkQuotas } from "./limits";
import { NETWORK_QUOTAS } from "./limits";
import type { NetworkApi } from "./network-api";
import { NHN013 } from "./rules";

const WORDS: Readonly<Record<keyof NetworkQuotas, string>> = {
  vpcs: "VPCs",
  internetGateways: "internet gateways",
  natGateways: "NAT gateways",
  networkAcls: "network ACLs",
  aclRules: "network ACL rules",
};

/** What each stack has so far. Stacks of other environments stand in other projects, so they are counted apart. */
const COUNTS = new WeakMap<IConstruct, Map<keyof NetworkQuotas, number>>();

/** Counts what a stack is going to have; refuses more than its project may. */
export function count(at: Construct, api: NetworkApi, kind: keyof NetworkQuotas, many = 1): void {
  const stack = TerraformStack.of(at);
  const counts = COUNTS.get(stack) ?? new Map<keyof NetworkQuotas, number>();
  COUNTS.set(stack, counts);
  const total = (counts.get(kind) ?? 0) + many;
  counts.set(kind, total);
  const quota = api.quotas?.[kind] ?? NETWORK_QUOTAS[kind];
  if (total > quota)
    throw NHN013.violation({
      at,
      given: `${total} ${WORDS[kind]} in one stack`,
      fix: `keep to ${quota}, or say in the API's quotas what NHN Cloud has raised it to`,
    });
}
