import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { contains, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { flag, integerBetween, list, nonEmptyText, nullable, object, read, text, type Value } from "../../api/fields";
import type { Store } from "../../store";
import { LOAD_BALANCERS, type Member, MEMBERS, POOLS } from "../models";
import { beginUpdate, childStatus, membersOf, subnetOf } from "../queries";
import type { BalancingApi } from "../rules";

const PORT = integerBetween(1, 65_535);

const REQUIRED = { address: nonEmptyText, protocol_port: PORT };

const COMMON = { weight: integerBetween(0, 256), admin_state_up: flag };

const CHANGEABLE = {
  ...COMMON,
  name: text,
  backup: flag,
  monitor_address: nullable(nonEmptyText),
  monitor_port: nullable(PORT),
  tags: list(text),
};

const OPTIONAL = { ...CHANGEABLE, subnet_id: nonEmptyText, tenant_id: nonEmptyText, project_id: nonEmptyText };

const MEMBER_REQUEST = object(REQUIRED, OPTIONAL);

type MemberRequest = Value<typeof MEMBER_REQUEST>;

/** The fields that each API accepts, and the defaults that it shows. */
const VARIANTS = {
  octavia: {
    required: REQUIRED,
    optional: OPTIONAL,
    changeable: CHANGEABLE,
    shown: {
      name: "",
      backup: false,
      monitor_address: null,
      monitor_port: null,
      subnet_id: null,
      tags: [],
      operating_status: "NO_MONITOR",
    },
  },
  "neutron-lbaas": {
    required: { ...REQUIRED, subnet_id: nonEmptyText },
    optional: COMMON,
    changeable: COMMON,
    shown: { name: "" },
  },
} as const;

const PATH = "/v2.0/lbaas/pools/:pool/members";

/** Members of pools. Octavia can also replace all members at once. */
export function members(store: Store, api: BalancingApi): readonly Route[] {
  const view = ({ pool, ...member }: Member): JsonObject => ({
    ...member,
    ...childStatus(store, api, store.get(POOLS, pool).balancer),
  });
  const replace: Route = { method: "PUT", path: PATH, status: 202, handle: (call) => replaceAll(store, call) };
  return [
    {
      method: "GET",
      path: PATH,
      handle: (call) => ({ body: { members: membersOf(store, param(call, "pool")).map(view) } }),
    },
    {
      method: "GET",
      path: `${PATH}/:id`,
      handle: (call) => {
        const member = memberIn(store, call);
        const body = { member: view(member) };
        store.recordPoll(LOAD_BALANCERS, store.get(POOLS, member.pool).balancer);
        return { body };
      },
    },
    { method: "POST", path: PATH, handle: (call) => ({ body: { member: view(create(store, call, api)) } }) },
    { method: "PUT", path: `${PATH}/:id`, handle: (call) => ({ body: { member: view(update(store, call, api)) } }) },
    { method: "DELETE", path: `${PATH}/:id`, handle: (call) => remove(store, call) },
    ...(api === "octavia" ? [replace] : []),
  ];
}

/** The member in the path. */
function memberIn(store: Store, call: Call): Member {
  const member = store.get(MEMBERS, param(call));
  if (member.pool !== param(call, "pool")) throw notFound("Load balancer member", member.id);
  return member;
}

function create(store: Store, call: Call, api: BalancingApi): Member {
  const { required, optional } = VARIANTS[api];
  const given = read(call, { wrapper: "member", required, optional });
  beginUpdate(store, store.get(POOLS, param(call, "pool")).balancer);
  return add(store, api, param(call, "pool"), given);
}

function update(store: Store, call: Call, api: BalancingApi): Member {
  const { id, pool } = memberIn(store, call);
  const given = read(call, { wrapper: "member", optional: VARIANTS[api].changeable });
  beginUpdate(store, store.get(POOLS, pool).balancer);
  return store.change(MEMBERS, id, given);
}

function remove(store: Store, call: Call): Reply {
  const { id, pool } = memberIn(store, call);
  beginUpdate(store, store.get(POOLS, pool).balancer);
  store.remove(MEMBERS, id);
  return {};
}

function add(store: Store, api: BalancingApi, pool: string, given: MemberRequest): Member {
  const address = parseAddress(given.address);
  if (address === undefined) throw badRequest(`"${given.address}" is no address`);
  if (given.subnet_id !== undefined) {
    const { cidr } = subnetOf(store, api, given.subnet_id);
    if (!contains(parseBlock(cidr), address)) throw badRequest(`${given.address} is not in its subnet, ${cidr}`);
  }
  if (membersOf(store, pool).some((other) => isSame(other, given)))
    throw conflict("MemberExists", `pool ${pool} has ${given.address}:${given.protocol_port} already`);
  const empty = { ...VARIANTS[api].shown, weight: 1, admin_state_up: true };
  return store.add(MEMBERS, { ...OWNER, ...empty, ...given, id: store.newId(), pool });
}

/** A member is identified in its pool by address and port. */
function isSame(member: Member, { address, protocol_port }: MemberRequest): boolean {
  return member.address === address && member.protocol_port === protocol_port;
}

/** Replaces the members of a pool. A member with the same address and port keeps its id. */
function replaceAll(store: Store, call: Call): Reply {
  const pool = store.get(POOLS, param(call, "pool"));
  const { members: requested } = read(call, { required: { members: list(MEMBER_REQUEST) } });
  beginUpdate(store, pool.balancer);
  const before = membersOf(store, pool.id);
  for (const member of before)
    if (!requested.some((request) => isSame(member, request))) store.remove(MEMBERS, member.id);
  for (const request of requested) {
    const member = before.find((candidate) => isSame(candidate, request));
    if (member === undefined) add(store, "octavia", pool.id, request);
    else store.change(MEMBERS, member.id, request);
  }
  return {};
}
