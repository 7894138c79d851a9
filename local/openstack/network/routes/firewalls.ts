import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import { type Call, param, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, integer, list, nonEmptyText, nullable, oneOf, read, text } from "../../api/fields";
import type { Row, Store } from "../../store";
import { FIREWALL_GROUPS, FIREWALL_POLICIES, FIREWALL_RULES, type FirewallGroup, PORTS } from "../models";

const RULE = {
  name: text,
  description: text,
  protocol: nullable(oneOf("tcp", "udp", "icmp", "any")),
  action: oneOf("allow", "deny", "reject"),
  ip_version: integer,
  source_ip_address: nullable(nonEmptyText),
  destination_ip_address: nullable(nonEmptyText),
  source_port: nullable(nonEmptyText),
  destination_port: nullable(nonEmptyText),
  enabled: flag,
  shared: flag,
};

const RULE_DEFAULTS = {
  name: "",
  description: "",
  action: "deny",
  protocol: null,
  ip_version: 4,
  enabled: true,
  shared: false,
  source_ip_address: null,
  destination_ip_address: null,
  source_port: null,
  destination_port: null,
};
const POLICY = { name: text, description: text, audited: flag, shared: flag, firewall_rules: list(nonEmptyText) };

const GROUP = {
  name: text,
  description: text,
  admin_state_up: flag,
  shared: flag,
  ports: list(nonEmptyText),
  ingress_firewall_policy_id: nullable(nonEmptyText),
  egress_firewall_policy_id: nullable(nonEmptyText),
};

const OWNERS = { tenant_id: nonEmptyText, project_id: nonEmptyText };

const FILTERS = ["id", "name", "description", "shared", "tenant_id", "project_id"];

/** Firewall as a service v2, which a standard OpenStack can have. */
export function firewalls(store: Store): readonly Route[] {
  return [...rules(store), ...policies(store), ...groups(store)];
}

function rules(store: Store): readonly Route[] {
  const users = ({ id }: Row): readonly string[] =>
    store
      .all(FIREWALL_POLICIES)
      .filter((policy) => policy.firewall_rules.includes(id))
      .map((policy) => policy.id);
  return collection(store, {
    kind: FIREWALL_RULES,
    path: "/v2.0/fwaas/firewall_rules",
    singular: "firewall_rule",
    plural: "firewall_rules",
    filters: FILTERS,
    view: (rule) => ({ ...rule, firewall_policy_id: users(rule) }),
    create: (call) =>
      store.add(FIREWALL_RULES, {
        ...OWNER,
        ...RULE_DEFAULTS,
        ...read(call, { wrapper: "firewall_rule", optional: { ...RULE, ...OWNERS } }),
        id: store.newId(),
      }),
    update: (call, { id }) =>
      store.change(FIREWALL_RULES, id, read(call, { wrapper: "firewall_rule", optional: RULE })),
    remove: (rule) => {
      if (users(rule).length > 0) throw conflict("FirewallRuleInUse", `Firewall rule ${rule.id} is being used.`);
      store.remove(FIREWALL_RULES, rule.id);
    },
  });
}

function policies(store: Store): readonly Route[] {
  const rejectUnknown = (ids: readonly string[] = []): void => ids.forEach((id) => store.get(FIREWALL_RULES, id));
  return [
    ...collection(store, {
      kind: FIREWALL_POLICIES,
      path: "/v2.0/fwaas/firewall_policies",
      singular: "firewall_policy",
      plural: "firewall_policies",
      filters: FILTERS,
      create: (call) => {
        const given = read(call, { wrapper: "firewall_policy", optional: { ...POLICY, ...OWNERS } });
        rejectUnknown(given.firewall_rules);
        const empty = { name: "", description: "", audited: false, shared: false, firewall_rules: [] };
        return store.add(FIREWALL_POLICIES, { ...OWNER, ...empty, ...given, id: store.newId() });
      },
      update: (call, { id }) => {
        const given = read(call, { wrapper: "firewall_policy", optional: POLICY });
        rejectUnknown(given.firewall_rules);
        return store.change(FIREWALL_POLICIES, id, given);
      },
      remove: ({ id }) => {
        if (
          store
            .all(FIREWALL_GROUPS)
            .some((group) => [group.ingress_firewall_policy_id, group.egress_firewall_policy_id].includes(id))
        )
          throw conflict("FirewallPolicyInUse", `Firewall policy ${id} is being used.`);
        store.remove(FIREWALL_POLICIES, id);
      },
    }),
    {
      method: "PUT",
      path: "/v2.0/fwaas/firewall_policies/:id/remove_rule",
      handle: (call) => {
        const policy = store.get(FIREWALL_POLICIES, param(call));
        const { firewall_rule_id: removed } = read(call, { required: { firewall_rule_id: nonEmptyText } });
        const firewall_rules = policy.firewall_rules.filter((id) => id !== removed);
        return { body: store.change(FIREWALL_POLICIES, policy.id, { firewall_rules }) };
      },
    },
  ];
}

function groups(store: Store): readonly Route[] {
  const kind = FIREWALL_GROUPS;
  const checked = <T extends { readonly ports?: readonly string[] }>(given: T): T => {
    for (const id of given.ports ?? []) store.get(PORTS, id);
    return given;
  };
  const settleStatus = (group: FirewallGroup): FirewallGroup => {
    // A firewall group without ports stays inactive.
    const status = (): string => ((store.find(kind, group.id)?.ports.length ?? 0) > 0 ? "ACTIVE" : "INACTIVE");
    store.afterPolls(kind, group.id, 1, () => store.change(kind, group.id, { status: status() }));
    return group;
  };
  return collection(store, {
    kind,
    path: "/v2.0/fwaas/firewall_groups",
    singular: "firewall_group",
    plural: "firewall_groups",
    filters: FILTERS,
    create: (call: Call) => {
      const given = checked(read(call, { wrapper: "firewall_group", optional: { ...GROUP, ...OWNERS } }));
      const empty = { name: "", description: "", admin_state_up: true, shared: false, ports: [] };
      const none = { ingress_firewall_policy_id: null, egress_firewall_policy_id: null };
      return settleStatus(
        store.add(kind, { ...OWNER, ...empty, ...none, ...given, id: store.newId(), status: "PENDING_CREATE" }),
      );
    },
    update: (call, { id }) => {
      const given = checked(read(call, { wrapper: "firewall_group", optional: GROUP }));
      return settleStatus(store.change(kind, id, { ...given, status: "PENDING_UPDATE" }));
    },
    remove: ({ id, status }) => {
      if (status === "ACTIVE") throw conflict("FirewallGroupInUse", `Firewall group ${id} is still active.`);
      store.remove(kind, id);
    },
  });
}
