import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { contains, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { flag, integerBetween, list, nonEmptyText, nullable, object, read, text, type Value } from "../../api/fields";
import { SUBNETS } from "../../network/models";
import type { Store } from "../../store";
import { LOAD_BALANCERS, type Member, MEMBERS, POOLS } from "../models";
import { membersOf, childStatus, beginUpdate } from "../queries";
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

const REQUESTED = object(REQUIRED, OPTIONAL);

type Requested = Value<typeof REQUESTED>;

/** What each API takes, and what it shows of what was not said. */
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

/** Members of pools, one by one or, by Octavia, all at once. */
export function members(store: Store, api: BalancingApi): readonly Route[] {
  const { required, optional, changeable } = VARIANTS[api];
  const path = "/v2.0/lbaas/pools/:pool/members";
  const one = (call: Call): Member => {
    const member = store.get(MEMBERS, param(call));
    if (member.pool !== param(call, "pool")) throw notFound("Load balancer member", member.id);
    return member;
  };
  const shown = ({ pool, ...member }: Member): JsonObject => ({
    ...member,
    ...childStatus(store, api, store.get(POOLS, pool).balancer),
  });
  const routes: readonly Route[] = [
    {
      method: "GET",
      path,
      handle: (call) => ({
        body: { members: membersOf(store, param(call, "pool")).map(shown) },
      }),
    },
    {
      method: "GET",
      path: `${path}/:id`,
      handle: (call) => {
        const member = one(call);
        const body = { member: shown(member) };
        store.recordPoll(LOAD_BALANCERS, store.get(POOLS, member.pool).balancer);
        return { body };
      },
    },
    {
      method: "POST",
      path,
      handle: (call) => {
        const given = read(call, { wrapper: "member", required, optional });
        beginUpdate(store, store.get(POOLS, param(call, "pool")).balancer);
        return { body: { member: shown(add(store, api, param(call, "pool"), given)) } };
      },
    },
    {
      method: "PUT",
      path: `${path}/:id`,
      handle: (call) => {
        const { id, pool } = one(call);
        const given = read(call, { wrapper: "member", optional: changeable });
        beginUpdate(store, store.get(POOLS, pool).balancer);
        return { body: { member: shown(store.change(MEMBERS, id, given)) } };
      },
    },
    {
      method: "DELETE",
      path: `${path}/:id`,
      handle: (call) => {
        const { id, pool } = one(call);
        beginUpdate(store, store.get(POOLS, pool).balancer);
        store.remove(MEMBERS, id);
        return {};
      },
    },
  ];
  const all: Route = { method: "PUT", path, status: 202, handle: (call) => replaceAll(store, call) };
  return api === "octavia" ? [...routes, all] : routes;
}

function add(store: Store, api: BalancingApi, pool: string, given: Requested): Member {
  const address = parseAddress(given.address);
  if (address === undefined) throw badRequest(`"${given.address}" is no address`);
  if (given.subnet_id !== undefined) {
    const { cidr } = store.get(SUBNETS, given.subnet_id);
    if (!contains(parseBlock(cidr), address)) throw badRequest(`${given.address} is not in its subnet, ${cidr}`);
  }
  if (membersOf(store, pool).some((other) => isSame(other, given)))
    throw conflict("MemberExists", `pool ${pool} has ${given.address}:${given.protocol_port} already`);
  const empty = { ...VARIANTS[api].shown, weight: 1, admin_state_up: true };
  return store.add(MEMBERS, { ...OWNER, ...empty, ...given, id: store.newId(), pool });
}

/** Within a pool a member is known by its address and port. */
function isSame(member: Member, { address, protocol_port }: Requested): boolean {
  return member.address === address && member.protocol_port === protocol_port;
}

/** Makes a pool have these members and no others. Who stays is known by address and port, and keeps the id. */
function replaceAll(store: Store, call: Call): Reply {
  const pool = store.get(POOLS, param(call, "pool"));
  const { members: requested } = read(call, { required: { members: list(REQUESTED) } });
  beginUpdate(store, pool.balancer);
  const before = membersOf(store, pool.id);
  for (const member of before) if (!requested.some((one) => isSame(member, one))) store.remove(MEMBERS, member.id);
  for (const one of requested) {
    const member = before.find((other) => isSame(other, one));
    if (member === undefined) add(store, "octavia", pool.id, one);
    else store.change(MEMBERS, member.id, one);
  }
  return {};
}
