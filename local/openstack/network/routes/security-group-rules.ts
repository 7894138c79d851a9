import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { integer, nonEmptyText, nullable, oneOf, read, shortText } from "../../api/fields";
import type { Store } from "../../store";
import { SECURITY_GROUP_RULES, SECURITY_GROUPS } from "../models";
import { rejectBeyondQuota } from "../queries/quotas";
import { rejectInvalidTraffic, withPrefix } from "../queries/rule-traffic";
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
          port_range_min: nullable(integer),
          port_range_max: nullable(integer),
          remote_group_id: nullable(nonEmptyText),
          remote_ip_prefix: nullable(nonEmptyText),
          description: shortText,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
        },
      });
      store.get(SECURITY_GROUPS, given.security_group_id);
      if (typeof given.remote_group_id === "string") store.get(SECURITY_GROUPS, given.remote_group_id);
      if (typeof given.remote_group_id === "string" && typeof given.remote_ip_prefix === "string")
        throw badRequest("a rule has one peer, not two", "SecurityGroupMultipleRemoteEntites");
      rejectInvalidTraffic(given);
      rejectBeyondQuota(store, SECURITY_GROUP_RULES);
      const { remote_ip_prefix: prefix } = given;
      return addRule(store, typeof prefix === "string" ? { ...given, remote_ip_prefix: withPrefix(prefix) } : given);
    },
    remove: ({ id }) => store.remove(SECURITY_GROUP_RULES, id),
  });
}
