import { parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { integerBetween, oneOf, nullable, read, text, nonEmptyText } from "../../api/fields";
import type { Store } from "../../store";
import { SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroupRule } from "../models";
import { rejectBeyondQuota } from "../queries/quotas";
import { addRule, IDENTITY_FIELDS } from "../queries/security-groups";

/** Rules of either cloud. None can be changed: they are made and taken away. */
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
  const { protocol, port_range_min: least, port_range_max: most, remote_group_id, remote_ip_prefix } = rule;
  if (typeof remote_group_id === "string" && typeof remote_ip_prefix === "string")
    throw badRequest("a rule has one peer, not two", "SecurityGroupRemoteGroupAndRemoteIpPrefix");
  if (typeof remote_ip_prefix === "string" && rule.ethertype !== "IPv6") parseBlock(remote_ip_prefix);
  if (typeof least !== "number" && typeof most !== "number") return;
  if (typeof protocol !== "string") throw badRequest("ports need a protocol", "SecurityGroupProtocolRequiredWithPorts");
  if (protocol !== "icmp" && (typeof least !== "number" || typeof most !== "number" || least > most))
    throw badRequest("ports go from the lower to the higher", "SecurityGroupInvalidPortRange");
}
