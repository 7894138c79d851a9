import { OWNER } from "../account";
import { parseBlock } from "../addresses";
import type { Route } from "../call";
import { collection } from "../collection";
import { between, oneOf, orNull, read, text, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { refuseBeyond } from "./quotas";
import { SECURITY_GROUPS } from "./security-groups";

/** One thing that a group lets through. */
export interface SecurityGroupRule extends Row {
  readonly security_group_id: string;
  readonly direction: "ingress" | "egress";
  readonly ethertype: "IPv4" | "IPv6";
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_group_id: string | null;
  readonly remote_ip_prefix: string | null;
}

export const SECURITY_GROUP_RULES = new Kind<SecurityGroupRule>("Security group rule");

type Given = Partial<SecurityGroupRule> & Pick<SecurityGroupRule, "security_group_id" | "direction">;

/** Adds a rule. Refuses one that says what another one of the group says. */
export function addRule(world: World, given: Given, provided = false): SecurityGroupRule {
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
    id: world.newId(),
  };
  const same = world.all(SECURITY_GROUP_RULES).find((other) => SAYING.every((field) => other[field] === rule[field]));
  if (same !== undefined)
    throw conflict("SecurityGroupRuleExists", `Security group rule already exists. Rule id is ${same.id}.`);
  return world.add(SECURITY_GROUP_RULES, rule, { provided });
}

const SAYING = [
  "security_group_id",
  "direction",
  "ethertype",
  "protocol",
  "port_range_min",
  "port_range_max",
  "remote_group_id",
  "remote_ip_prefix",
] as const;

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
