import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { holds, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { between, flag, list, object, orNull, read, text, word } from "../../api/fields";
import { SUBNETS } from "../../network/models";
import type { World } from "../../store";
import { LOAD_BALANCERS, type Member, MEMBERS, POOLS } from "../models";
import { membersOf, partStatus, touch } from "../queries";
import type { BalancingApi } from "../rules";

const PORT = between(1, 65_535);

const REQUIRED = { address: word, protocol_port: PORT };

const EITHER = { weight: between(0, 256), admin_state_up: flag };

const CHANGEABLE = {
  ...EITHER,
  name: text,
  backup: flag,
  monitor_address: orNull(word),
  monitor_port: orNull(PORT),
  tags: list(text),
};

const OPTIONAL = { ...CHANGEABLE, subnet_id: word, tenant_id: word, project_id: word };

const WANTED = object(REQUIRED, OPTIONAL);

type Wanted = ReturnType<typeof WANTED>;

/** What each API takes, and what it shows of what was not said. */
const OWN = {
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
    required: { ...REQUIRED, subnet_id: word },
    optional: EITHER,
    changeable: EITHER,
    shown: { name: "" },
  },
} as const;

/** Members of pools, one by one or, by Octavia, all at once. */
export function members(world: World, api: BalancingApi): readonly Route[] {
  const { required, optional, changeable } = OWN[api];
  const path = "/v2.0/lbaas/pools/:pool/members";
  const one = (call: Call): Member => {
    const member = world.get(MEMBERS, param(call));
    if (member.pool !== param(call, "pool")) throw notFound("Load balancer member", member.id);
    return member;
  };
  const shown = ({ pool, ...member }: Member): JsonObject => ({
    ...member,
    ...partStatus(world, api, world.get(POOLS, pool).balancer),
  });
  const routes: readonly Route[] = [
    {
      method: "GET",
      path,
      answer: (call) => ({
        body: { members: membersOf(world, param(call, "pool")).map(shown) },
      }),
    },
    {
      method: "GET",
      path: `${path}/:id`,
      answer: (call) => {
        const member = one(call);
        const body = { member: shown(member) };
        world.looked(LOAD_BALANCERS, world.get(POOLS, member.pool).balancer);
        return { body };
      },
    },
    {
      method: "POST",
      path,
      answer: (call) => {
        const given = read(call, { wrapper: "member", required, optional });
        touch(world, world.get(POOLS, param(call, "pool")).balancer);
        return { body: { member: shown(add(world, api, param(call, "pool"), given)) } };
      },
    },
    {
      method: "PUT",
      path: `${path}/:id`,
      answer: (call) => {
        const { id, pool } = one(call);
        const given = read(call, { wrapper: "member", optional: changeable });
        touch(world, world.get(POOLS, pool).balancer);
        return { body: { member: shown(world.change(MEMBERS, id, given)) } };
      },
    },
    {
      method: "DELETE",
      path: `${path}/:id`,
      answer: (call) => {
        const { id, pool } = one(call);
        touch(world, world.get(POOLS, pool).balancer);
        world.remove(MEMBERS, id);
        return {};
      },
    },
  ];
  const all: Route = { method: "PUT", path, status: 202, answer: (call) => replaceAll(world, call) };
  return api === "octavia" ? [...routes, all] : routes;
}

function add(world: World, api: BalancingApi, pool: string, given: Wanted): Member {
  const address = parseAddress(given.address);
  if (address === undefined) throw badRequest(`"${given.address}" is no address`);
  if (given.subnet_id !== undefined) {
    const { cidr } = world.get(SUBNETS, given.subnet_id);
    if (!holds(parseBlock(cidr), address)) throw badRequest(`${given.address} is not in its subnet, ${cidr}`);
  }
  if (membersOf(world, pool).some((other) => isSame(other, given)))
    throw conflict("MemberExists", `pool ${pool} has ${given.address}:${given.protocol_port} already`);
  const empty = { ...OWN[api].shown, weight: 1, admin_state_up: true };
  return world.add(MEMBERS, { ...OWNER, ...empty, ...given, id: world.newId(), pool });
}

/** Within a pool a member is known by its address and port. */
function isSame(member: Member, { address, protocol_port }: Wanted): boolean {
  return member.address === address && member.protocol_port === protocol_port;
}

/** Makes a pool have these members and no others. Who stays is known by address and port, and keeps the id. */
function replaceAll(world: World, call: Call): Reply {
  const pool = world.get(POOLS, param(call, "pool"));
  const { members: wanted } = read(call, { required: { members: list(WANTED) } });
  touch(world, pool.balancer);
  const before = membersOf(world, pool.id);
  for (const member of before) if (!wanted.some((one) => isSame(member, one))) world.remove(MEMBERS, member.id);
  for (const one of wanted) {
    const member = before.find((other) => isSame(other, one));
    if (member === undefined) add(world, "octavia", pool.id, one);
    else world.change(MEMBERS, member.id, one);
  }
  return {};
}
