import { parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { integerBetween, nonEmptyText, nullable, oneOf, read, text } from "../../api/fields";
import type { Store } from "../../store";
import { SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroupRule } from "../models";
import { rejectBeyondQuota } from "../queries/quotas";
import { addRule, IDENTITY_FIELDS } from "../queries/security-groups";

/** Rules of security groups, on both clouds. They cannot be updated. */
export function securityGroupRules(store: Store, ethertypes: readonly ("IPv4" | "IPv6")[]): readonly Route[] {
  return collection(store, {
    kind: SECURITY_GROUP_RULES,
    path: "/v2.0/security-group-rules",
    singular: "security_group_rule",
    plural: "security_group_rules",
    filters: ["id", "tenant_id", "project_id", "description", ...IDENTITY_FIELDS],
    create: (call) => {
      const given = read(call, {
        wrapper: "security_group_rule",
        required: { security_group_id: nonEmptyText, direction: oneOf("ingress", "egress") },
        optional: {
          ethertype: oneOf(...ethertypes),
          protocol: nullable(nonEmptyText),
          port_range_min: nullable(integerBetween(0, 65_535)),
          port_range_max: nullable(integerBetween(0, 65_535)),
          remote_group_id: nullable(nonEmptyText),
          remote_ip_prefix: nullable(nonEmptyText),
          description: text,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
        },
      });
      store.get(SECURITY_GROUPS, given.security_group_id);
      if (typeof given.remote_group_id === "string") store.get(SECURITY_GROUPS, given.remote_group_id);
      rejectInvalid(given);
      rejectBeyondQuota(store, SECURITY_GROUP_RULES);
      return addRule(store, given);
    },
    remove: ({ id }) => store.remove(SECURITY_GROUP_RULES, id),
  });
}

function rejectInvalid(rule: Partial<SecurityGroupRule>): void {
  const { ethertype, remote_group_id, remote_ip_prefix } = rule;
  if (typeof remote_group_id === "string" && typeof remote_ip_prefix === "string")
    throw badRequest("a rule has one peer, not two", "SecurityGroupRemoteGroupAndRemoteIpPrefix");
  if (typeof remote_ip_prefix === "string" && ethertype !== "IPv6") parseBlock(remote_ip_prefix);
  rejectInvalidPorts(rule);
}

function rejectInvalidPorts(rule: Partial<SecurityGroupRule>): void {
  const { protocol = null, port_range_min: minimum = null, port_range_max: maximum = null } = rule;
  if (minimum === null && maximum === null) return;
  if (protocol === null) throw badRequest("ports need a protocol", "SecurityGroupProtocolRequiredWithPorts");
  // ICMP uses the fields for its type and code, which have no order.
  if (protocol !== "icmp" && !isRange(minimum, maximum))
    throw badRequest("ports go from the lower to the higher", "SecurityGroupInvalidPortRange");
}

function isRange(minimum: number | null, maximum: number | null): boolean {
  return minimum !== null && maximum !== null && minimum <= maximum;
}
