import { OWNER } from "../../account";
import { parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { between, oneOf, read, text, word } from "../../api/fields";
import { refuseMoreThan } from "../../network/queries/quotas";
import { now } from "../../network/timestamps";
import type { World } from "../../store";
import { ACL_RULES, type AclRule, ACLS } from "../models";
import { FIRST, LAST, NOTHING } from "../queries/acl-rules";

const PER_PROJECT = 100;

const PORT = between(1, 65_535);

/** Rules of network ACLs of NHN Cloud. Nothing but the description can be changed. */
export function aclRules(world: World): readonly Route[] {
  return collection(world, {
    kind: ACL_RULES,
    path: "/v2.0/acl_rules",
    one: "acl_rule",
    many: "acl_rules",
    filters: [],
    create: (call) => create(world, call),
    update: (call, { id }) =>
      world.change(ACL_RULES, id, {
        ...read(call, { wrapper: "acl_rule", required: { description: text } }),
        updated_at: now(),
      }),
    remove: ({ id, order }) => {
      if (order === LAST) throw conflict("AclRuleInUse", `rule ${id} is the last one of its ACL and stays`);
      world.remove(ACL_RULES, id);
    },
  });
}

function create(world: World, call: Call): AclRule {
  const given = read(call, {
    wrapper: "acl_rule",
    required: {
      acl_id: word,
      src_ip: word,
      dst_ip: word,
      policy: oneOf("allow", "deny"),
      order: between(FIRST + 1, LAST - 1),
    },
    optional: {
      protocol: oneOf("tcp", "udp", "icmp"),
      src_port_range_min: PORT,
      src_port_range_max: PORT,
      dst_port_range_min: PORT,
      dst_port_range_max: PORT,
      ethertype: oneOf("IPv4"),
      description: text,
      tenant_id: word,
    },
  });
  world.get(ACLS, given.acl_id);
  for (const side of [given.src_ip, given.dst_ip]) if (parseAddress(side) === undefined) parseBlock(side);
  refuseUnfitPorts(given.protocol, given.src_port_range_min, given.src_port_range_max);
  refuseUnfitPorts(given.protocol, given.dst_port_range_min, given.dst_port_range_max);
  if (world.all(ACL_RULES).some(({ acl_id, order }) => acl_id === given.acl_id && order === given.order))
    throw conflict("AclRuleOrderInUse", `network ACL ${given.acl_id} has a rule of order ${given.order} already`);
  refuseMoreThan(PER_PROJECT, world.remaining().filter(({ kind }) => kind === ACL_RULES.name).length, ACL_RULES.name);
  return world.add(ACL_RULES, {
    ...OWNER,
    ...NOTHING,
    created_at: now(),
    updated_at: now(),
    ...given,
    id: world.newId(),
  });
}

function refuseUnfitPorts(protocol: string | undefined, least: number | undefined, most: number | undefined): void {
  if (least === undefined && most === undefined) return;
  if (protocol !== "tcp" && protocol !== "udp") throw badRequest("only TCP and UDP have ports");
  if (least === undefined || most === undefined || least > most)
    throw badRequest("ports go from the lower to the higher");
}
