import { OWNER } from "../../account";
import { now } from "../../network/timestamps";
import type { World } from "../../store";
import { ACL_RULES } from "../models";

/** Orders of the rules that every ACL starts with: all is allowed, and behind everything all is denied. */
export const FIRST = 101;

export const LAST = 32_765;

export const NOTHING = {
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

/** The rules that come with an ACL. */
export function addFirstAndLast(world: World, acl_id: string): void {
  const all = { src_ip: "0.0.0.0/0", dst_ip: "0.0.0.0/0" };
  for (const [order, policy] of [
    [FIRST, "allow"],
    [LAST, "deny"],
  ] as const)
    world.add(
      ACL_RULES,
      { ...OWNER, ...NOTHING, ...all, id: world.newId(), acl_id, order, policy, created_at: now(), updated_at: now() },
      { provided: true },
    );
}
