import { parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { between, oneOf, orNull, read, text, word } from "../../api/fields";
import type { World } from "../../store";
import { SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroupRule } from "../models";
import { refuseBeyond } from "../queries/quotas";
import { addRule, SAYING } from "../queries/security-groups";

/** Rules of either cloud. None can be changed: they are made and taken away. */
export function securityGroupRules(world: World, ethertypes: readonly ("IPv4" | "IPv6")[]): readonly Route[] {
  return collection(world, {
    kind: SECURITY_GROUP_RULES,
    path: "/v2.0/security-group-rules",
    one: "security_group_rule",
    many: "security_group_rules",
    filters: ["id", "tenant_id", "project_id", "description", ...SAYING],
    create: (call) => {
      const given = read(call, {
        wrapper: "security_group_rule",
        required: { security_group_id: word, direction: oneOf("ingress", "egress") },
        optional: {
          ethertype: oneOf(...ethertypes),
          protocol: orNull(word),
          port_range_min: orNull(between(0, 65_535)),
          port_range_max: orNull(between(0, 65_535)),
          remote_group_id: orNull(word),
          remote_ip_prefix: orNull(word),
          description: text,
          tenant_id: word,
          project_id: word,
        },
      });
      world.get(SECURITY_GROUPS, given.security_group_id);
      if (typeof given.remote_group_id === "string") world.get(SECURITY_GROUPS, given.remote_group_id);
      refuseNonsense(given);
      refuseBeyond(world, SECURITY_GROUP_RULES);
      return addRule(world, given);
    },
    remove: ({ id }) => world.remove(SECURITY_GROUP_RULES, id),
  });
}

function refuseNonsense(rule: Partial<SecurityGroupRule>): void {
  const { protocol, port_range_min: least, port_range_max: most, remote_group_id, remote_ip_prefix } = rule;
  if (typeof remote_group_id === "string" && typeof remote_ip_prefix === "string")
    throw badRequest("a rule has one peer, not two", "SecurityGroupRemoteGroupAndRemoteIpPrefix");
  if (typeof remote_ip_prefix === "string" && rule.ethertype !== "IPv6") parseBlock(remote_ip_prefix);
  if (typeof least !== "number" && typeof most !== "number") return;
  if (typeof protocol !== "string") throw badRequest("ports need a protocol", "SecurityGroupProtocolRequiredWithPorts");
  if (protocol !== "icmp" && (typeof least !== "number" || typeof most !== "number" || least > most))
    throw badRequest("ports go from the lower to the higher", "SecurityGroupInvalidPortRange");
}
