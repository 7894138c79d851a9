import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import { type Call, param, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, list, oneOf, orNull, read, text, whole, word } from "../../api/fields";
import type { Row, World } from "../../store";
import { FIREWALL_GROUPS, FIREWALL_POLICIES, FIREWALL_RULES, type FirewallGroup, PORTS } from "../models";

const RULE = {
  name: text,
  description: text,
  protocol: orNull(oneOf("tcp", "udp", "icmp", "any")),
  action: oneOf("allow", "deny", "reject"),
  ip_version: whole,
  source_ip_address: orNull(word),
  destination_ip_address: orNull(word),
  source_port: orNull(word),
  destination_port: orNull(word),
  enabled: flag,
  shared: flag,
};

const POLICY = { name: text, description: text, audited: flag, shared: flag, firewall_rules: list(word) };

const GROUP = {
  name: text,
  description: text,
  admin_state_up: flag,
  shared: flag,
  ports: list(word),
  ingress_firewall_policy_id: orNull(word),
  egress_firewall_policy_id: orNull(word),
};

const OWNERS = { tenant_id: word, project_id: word };

const FILTERS = ["id", "name", "description", "shared", "tenant_id", "project_id"];

/** Firewalls of a standard OpenStack that has them. */
export function firewalls(world: World): readonly Route[] {
  return [...rules(world), ...policies(world), ...groups(world)];
}

function rules(world: World): readonly Route[] {
  const users = ({ id }: Row): readonly string[] =>
    world
      .all(FIREWALL_POLICIES)
      .filter((policy) => policy.firewall_rules.includes(id))
      .map((policy) => policy.id);
  return collection(world, {
    kind: FIREWALL_RULES,
    path: "/v2.0/fwaas/firewall_rules",
    one: "firewall_rule",
    many: "firewall_rules",
    filters: FILTERS,
    view: (rule) => ({ ...rule, firewall_policy_id: users(rule) }),
    create: (call) =>
      world.add(FIREWALL_RULES, {
        ...OWNER,
        ...{ name: "", description: "", action: "deny", protocol: null, ip_version: 4, enabled: true, shared: false },
        ...{ source_ip_address: null, destination_ip_address: null, source_port: null, destination_port: null },
        ...read(call, { wrapper: "firewall_rule", optional: { ...RULE, ...OWNERS } }),
        id: world.newId(),
      }),
    update: (call, { id }) =>
      world.change(FIREWALL_RULES, id, read(call, { wrapper: "firewall_rule", optional: RULE })),
    remove: (rule) => {
      if (users(rule).length > 0) throw conflict("FirewallRuleInUse", `Firewall rule ${rule.id} is being used.`);
      world.remove(FIREWALL_RULES, rule.id);
    },
  });
}

function policies(world: World): readonly Route[] {
  const refuseUnknown = (ids: readonly string[] = []): void => ids.forEach((id) => world.get(FIREWALL_RULES, id));
  return [
    ...collection(world, {
      kind: FIREWALL_POLICIES,
      path: "/v2.0/fwaas/firewall_policies",
      one: "firewall_policy",
      many: "firewall_policies",
      filters: FILTERS,
      create: (call) => {
        const given = read(call, { wrapper: "firewall_policy", optional: { ...POLICY, ...OWNERS } });
        refuseUnknown(given.firewall_rules);
        const empty = { name: "", description: "", audited: false, shared: false, firewall_rules: [] };
        return world.add(FIREWALL_POLICIES, { ...OWNER, ...empty, ...given, id: world.newId() });
      },
      update: (call, { id }) => {
        const given = read(call, { wrapper: "firewall_policy", optional: POLICY });
        refuseUnknown(given.firewall_rules);
        return world.change(FIREWALL_POLICIES, id, given);
      },
      remove: ({ id }) => {
        if (
          world
            .all(FIREWALL_GROUPS)
            .some((group) => [group.ingress_firewall_policy_id, group.egress_firewall_policy_id].includes(id))
        )
          throw conflict("FirewallPolicyInUse", `Firewall policy ${id} is being used.`);
        world.remove(FIREWALL_POLICIES, id);
      },
    }),
    {
      method: "PUT",
      path: "/v2.0/fwaas/firewall_policies/:id/remove_rule",
      answer: (call) => {
        const policy = world.get(FIREWALL_POLICIES, param(call));
        const { firewall_rule_id: gone } = read(call, { required: { firewall_rule_id: word } });
        const firewall_rules = policy.firewall_rules.filter((id) => id !== gone);
        return { body: world.change(FIREWALL_POLICIES, policy.id, { firewall_rules }) };
      },
    },
  ];
}

function groups(world: World): readonly Route[] {
  const kind = FIREWALL_GROUPS;
  const checked = <T extends { readonly ports?: readonly string[] }>(given: T): T => {
    for (const id of given.ports ?? []) world.get(PORTS, id);
    return given;
  };
  const settle = (group: FirewallGroup): FirewallGroup => {
    // Without a port before which it could stand, a firewall stays inactive.
    const status = (): string => ((world.find(kind, group.id)?.ports.length ?? 0) > 0 ? "ACTIVE" : "INACTIVE");
    world.afterPolls(kind, group.id, 1, () => world.change(kind, group.id, { status: status() }));
    return group;
  };
  return collection(world, {
    kind,
    path: "/v2.0/fwaas/firewall_groups",
    one: "firewall_group",
    many: "firewall_groups",
    filters: FILTERS,
    create: (call: Call) => {
      const given = checked(read(call, { wrapper: "firewall_group", optional: { ...GROUP, ...OWNERS } }));
      const empty = { name: "", description: "", admin_state_up: true, shared: false, ports: [] };
      const none = { ingress_firewall_policy_id: null, egress_firewall_policy_id: null };
      return settle(
        world.add(kind, { ...OWNER, ...empty, ...none, ...given, id: world.newId(), status: "PENDING_CREATE" }),
      );
    },
    update: (call, { id }) => {
      const given = checked(read(call, { wrapper: "firewall_group", optional: GROUP }));
      return settle(world.change(kind, id, { ...given, status: "PENDING_UPDATE" }));
    },
    remove: ({ id, status }) => {
      if (status === "ACTIVE") throw conflict("FirewallGroupInUse", `Firewall group ${id} is still active.`);
      world.remove(kind, id);
    },
  });
}
