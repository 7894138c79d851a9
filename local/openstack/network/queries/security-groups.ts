import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Store } from "../../store";
import { SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroup, type SecurityGroupRule } from "../models";
import { now } from "../timestamps";
import { protocolNumber, withPrefix } from "./rule-traffic";

type RuleProps = Partial<SecurityGroupRule> & Pick<SecurityGroupRule, "security_group_id" | "direction">;

/** Adds a rule. Rejects a duplicate. */
export function addRule(store: Store, given: RuleProps, provided = false): SecurityGroupRule {
  const rule: SecurityGroupRule = {
    ...OWNER,
    description: "",
    ethertype: "IPv4",
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_group_id: null,
    remote_ip_prefix: null,
    ...given,
    id: store.newId(),
  };
  const same = store.all(SECURITY_GROUP_RULES).find((other) => identityOf(other) === identityOf(rule));
  if (same !== undefined)
    throw conflict("SecurityGroupRuleExists", `Security group rule already exists. Rule id is ${same.id}.`);
  return store.add(SECURITY_GROUP_RULES, rule, { provided });
}

/** The fields that identify a rule: two rules of a project differ in at least one of them. */
export const IDENTITY_FIELDS = [
  "security_group_id",
  "direction",
  "ethertype",
  "protocol",
  "port_range_min",
  "port_range_max",
  "remote_group_id",
  "remote_ip_prefix",
] as const;

/** Equal for rules that Neutron takes for the same one: a protocol has a name and a number, and everyone is a block or none. */
function identityOf(rule: SecurityGroupRule): string {
  const { protocol, remote_ip_prefix: prefix } = rule;
  const isEveryone = prefix === "0.0.0.0/0" || prefix === "::/0";
  const values = {
    ...rule,
    protocol: protocolNumber(protocol),
    remote_ip_prefix: prefix === null || isEveryone ? null : withPrefix(prefix),
  };
  return JSON.stringify(IDENTITY_FIELDS.map((field) => values[field]));
}

/** Adds a security group with the default rules, which allow all egress traffic. */
export function addGroup(
  store: Store,
  given: { readonly name: string; readonly description?: string },
  provided = false,
): SecurityGroup {
  const group = store.add(
    SECURITY_GROUPS,
    {
      ...OWNER,
      id: store.newId(),
      description: "",
      stateful: true,
      shared: false,
      tags: [],
      created_at: now(),
      updated_at: now(),
      ...given,
    },
    { provided },
  );
  for (const ethertype of ["IPv4", "IPv6"] as const)
    addRule(store, { security_group_id: group.id, direction: "egress", ethertype }, provided);
  return group;
}

/** The security group of ports that are created without one. */
export function defaultGroup(store: Store): SecurityGroup {
  return (
    store.all(SECURITY_GROUPS).find(({ name }) => name === "default") ?? addGroup(store, { name: "default" }, true)
  );
}

/** Lets the members of a group reach each other, as Neutron does in the group `default` of a project. */
export function allowWithin(store: Store, { id }: Pick<SecurityGroup, "id">): void {
  for (const ethertype of ["IPv4", "IPv6"] as const)
    addRule(store, { security_group_id: id, direction: "ingress", ethertype, remote_group_id: id }, true);
}
