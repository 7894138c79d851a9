import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import { parseAddress } from "../addresses";
import type { Call, Reply, Route } from "../call";
import { param } from "../call";
import { between, flag, list, object, orNull, read, text, word } from "../fields";
import { badRequest, notFound } from "../refusal";
import { SUBNETS } from "../network/subnets";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { LOAD_BALANCERS, touch } from "./load-balancers";
import { POOLS } from "./pools";

/** A machine in a pool. */
export interface Member extends Row {
  readonly name: string;
  /** Id of the pool. */
  readonly pool: string;
  readonly address: string;
  readonly protocol_port: number;
}

export const MEMBERS = new Kind<Member>("Load balancer member");

const PORT = between(1, 65_535);
const CHANGEABLE = {
  name: text,
  weight: between(0, 256),
  admin_state_up: flag,
  backup: flag,
  monitor_address: orNull(word),
  monitor_port: orNull(PORT),
  tags: list(text),
};
const REQUIRED = { address: word, protocol_port: PORT };
const OPTIONAL = { ...CHANGEABLE, subnet_id: word, tenant_id: word, project_id: word };
const WANTED = object(REQUIRED, OPTIONAL);

type Wanted = ReturnType<typeof WANTED>;

/** Members of pools, one by one or all at once. */
export function members(world: World): readonly Route[] {
  const path = "/v2.0/lbaas/pools/:pool/members";
  const one = (call: Call): Member => {
    const member = world.get(MEMBERS, param(call));
    if (member.pool !== param(call, "pool")) throw notFound("Load balancer member", member.id);
    return member;
  };
  return [
    {
      method: "GET",
      path,
      answer: (call) => ({
        body: { members: membersOf(world, param(call, "pool")).map((member) => shown(world, member)) },
      }),
    },
    {
      method: "GET",
      path: `${path}/:id`,
      answer: (call) => {
        const member = one(call);
        const body = { member: shown(world, member) };
        world.looked(LOAD_BALANCERS, world.get(POOLS, member.pool).balancer);
        return { body };
      },
    },
    {
      method: "POST",
      path,
      answer: (call) => {
        const given = read(call, { wrapper: "member", required: REQUIRED, optional: OPTIONAL });
        touch(world, world.get(POOLS, param(call, "pool")).balancer);
        return { body: { member: shown(world, add(world, param(call, "pool"), given)) } };
      },
    },
    {
      method: "PUT",
      path: `${path}/:id`,
      answer: (call) => {
        const { id, pool } = one(call);
        const given = read(call, { wrapper: "member", optional: CHANGEABLE });
        touch(world, world.get(POOLS, pool).balancer);
        return { body: { member: shown(world, world.change(MEMBERS, id, given)) } };
      },
    },
    { method: "PUT", path, status: 202, answer: (call) => replaceAll(world, call) },
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
}

function membersOf(world: World, poolId: string): readonly Member[] {
  const { id } = world.get(POOLS, poolId);
  return world.all(MEMBERS).filter(({ pool }) => pool === id);
}

function shown(world: World, { pool, ...member }: Member): JsonObject {
  const { balancer } = world.get(POOLS, pool);
  return { ...member, provisioning_status: world.find(LOAD_BALANCERS, balancer)?.provisioning_status };
}

function add(world: World, pool: string, given: Wanted): Member {
  if (parseAddress(given.address) === undefined) throw badRequest(`"${given.address}" is no address`);
  if (given.subnet_id !== undefined) world.get(SUBNETS, given.subnet_id);
  const empty = {
    name: "",
    weight: 1,
    admin_state_up: true,
    backup: false,
    monitor_address: null,
    monitor_port: null,
    subnet_id: null,
    tags: [],
  };
  return world.add(MEMBERS, { ...OWNER, ...empty, operating_status: "NO_MONITOR", ...given, id: world.newId(), pool });
}

/** Makes a pool have these members and no others. Who stays is known by address and port, and keeps the id. */
function replaceAll(world: World, call: Call): Reply {
  const pool = world.get(POOLS, param(call, "pool"));
  const { members: wanted } = read(call, { required: { members: list(WANTED) } });
  touch(world, pool.balancer);
  const before = membersOf(world, pool.id);
  const same = (member: Member, one: Wanted): boolean =>
    member.address === one.address && member.protocol_port === one.protocol_port;
  for (const member of before) if (!wanted.some((one) => same(member, one))) world.remove(MEMBERS, member.id);
  for (const one of wanted) {
    const member = before.find((other) => same(other, one));
    if (member === undefined) add(world, pool.id, one);
    else world.change(MEMBERS, member.id, one);
  }
  return {};
}
