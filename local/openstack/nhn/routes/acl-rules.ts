import { OWNER } from "../../account";
import { parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { integerBetween, nonEmptyText, oneOf, read, text } from "../../api/fields";
import { rejectMoreThan } from "../../network/queries/quotas";
import { now } from "../../network/timestamps";
import type { Store } from "../../store";
import { ACL_RULES, type AclRule, ACLS } from "../models";
import { DEFAULTS, FIRST_ORDER, LAST_ORDER } from "../queries/acl-rules";

const PER_PROJECT = 100;

const PORT = integerBetween(1, 65_535);

/** Rules of network ACLs. Only the description can be updated. */
export function aclRules(store: Store): readonly Route[] {
  return collection(store, {
    kind: ACL_RULES,
    path: "/v2.0/acl_rules",
    singular: "acl_rule",
    plural: "acl_rules",
    filters: [],
    create: (call) => create(store, call),
    update: (call, { id }) =>
      store.change(ACL_RULES, id, {
        ...read(call, { wrapper: "acl_rule", required: { description: text } }),
        updated_at: now(),
      }),
    remove: ({ id, order }) => {
      if (order === LAST_ORDER) throw conflict("AclRuleInUse", `rule ${id} is the last one of its ACL and stays`);
      store.remove(ACL_RULES, id);
    },
  });
}

function create(store: Store, call: Call): AclRule {
  const given = read(call, {
    wrapper: "acl_rule",
    required: {
      acl_id: nonEmptyText,
      src_ip: nonEmptyText,
      dst_ip: nonEmptyText,
      policy: oneOf("allow", "deny"),
      order: integerBetween(FIRST_ORDER + 1, LAST_ORDER - 1),
    },
    optional: {
      protocol: oneOf("tcp", "udp", "icmp"),
      src_port_range_min: PORT,
      src_port_range_max: PORT,
      dst_port_range_min: PORT,
      dst_port_range_max: PORT,
      ethertype: oneOf("IPv4"),
      description: text,
      tenant_id: nonEmptyText,
    },
  });
  store.get(ACLS, given.acl_id);
  for (const side of [given.src_ip, given.dst_ip]) if (parseAddress(side) === undefined) parseBlock(side);
  rejectInvalidPorts(given.protocol, given.src_port_range_min, given.src_port_range_max);
  rejectInvalidPorts(given.protocol, given.dst_port_range_min, given.dst_port_range_max);
  if (store.all(ACL_RULES).some(({ acl_id, order }) => acl_id === given.acl_id && order === given.order))
    throw conflict("AclRuleOrderInUse", `network ACL ${given.acl_id} has a rule of order ${given.order} already`);
  rejectMoreThan(
    PER_PROJECT,
    store.clientObjects().filter(({ kind }) => kind === ACL_RULES.name).length,
    ACL_RULES.name,
  );
  return store.add(ACL_RULES, {
    ...OWNER,
    ...DEFAULTS,
    created_at: now(),
    updated_at: now(),
    ...given,
    id: store.newId(),
  });
}

function rejectInvalidPorts(protocol: string | undefined, least: number | undefined, most: number | undefined): void {
  if (least === undefined && most === undefined) return;
  if (protocol !== "tcp" && protocol !== "udp") throw badRequest("only TCP and UDP have ports");
  if (least === undefined || most === undefined || least > most)
    throw badRequest("ports go from the lower to the higher");
}
