import { OWNER } from "../../account";
import { now } from "../../network/timestamps";
import type { Store } from "../../store";
import { ACL_RULES } from "../models";

/** Orders of the default rules of an ACL: the first allows everything, the last denies everything. */
export const FIRST_ORDER = 101;

export const LAST_ORDER = 32_765;

/** Defaults of a new rule. */
export const DEFAULTS = {
  src_port_range_min: null,
  src_port_range_max: null,
  dst_port_range_min: null,
  dst_port_range_max: null,
  remote_group_id: null,
  protocol: null,
  ethertype: "IPv4",
  description: "",
  revision_number: 0,
} as const;

/** Adds the default rules of a new ACL. */
export function addDefaultRules(store: Store, acl_id: string): void {
  const all = { src_ip: "0.0.0.0/0", dst_ip: "0.0.0.0/0" };
  for (const [order, policy] of [
    [FIRST_ORDER, "allow"],
    [LAST_ORDER, "deny"],
  ] as const)
    store.add(
      ACL_RULES,
      { ...OWNER, ...DEFAULTS, ...all, id: store.newId(), acl_id, order, policy, created_at: now(), updated_at: now() },
      { provided: true },
    );
}
