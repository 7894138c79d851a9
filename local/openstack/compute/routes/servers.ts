import type { JsonObject } from "../../../http/json";
import { USER_ID } from "../../account";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { object, read, text, word } from "../../api/fields";
import { listing } from "../../api/listing";
import type { World } from "../../store";
import { type Server, SERVER_GROUPS, SERVERS } from "../models";
import { fillDisks } from "../queries/disks";
import { plugNics } from "../queries/nics";
import { serverView } from "../queries/server-view";
import { bury, groupNamed, refuseBeyond, refuseUnfit, WANTED } from "../queries/servers";
import type { ComputeRules } from "../rules";

/** Machines of either cloud. */
export function servers(world: World, rules: ComputeRules): readonly Route[] {
  const show = (server: Server): JsonObject => serverView(world, server);
  const index = (call: Call): Reply => {
    const rows = world.all(SERVERS);
    const body = {
      servers: listing(call, rows.map(show), {
        filters: ["name", "status", "flavor", "image"],
        ignored: ["all_tenants"],
      }),
    };
    for (const { id } of rows) world.looked(SERVERS, id);
    return { body };
  };
  return [
    { method: "GET", path: "/servers", answer: index },
    { method: "GET", path: "/servers/detail", answer: index },
    {
      method: "GET",
      path: "/servers/:id",
      answer: (call) => {
        const server = world.get(SERVERS, param(call));
        const body = { server: show(server) };
        world.looked(SERVERS, server.id);
        return { body };
      },
    },
    { method: "POST", path: "/servers", status: 202, answer: (call) => create(world, call, rules) },
    {
      method: "PUT",
      path: "/servers/:id",
      answer: (call) => {
        const optional = {
          name: word,
          ...(rules.isStandard ? { accessIPv4: text, accessIPv6: text, description: text } : {}),
        };
        const { name } = read(call, { wrapper: "server", optional });
        return { body: { server: show(world.change(SERVERS, param(call), name === undefined ? {} : { name })) } };
      },
    },
    { method: "DELETE", path: "/servers/:id", answer: (call) => remove(world, call) },
  ];
}

function create(world: World, call: Call, rules: ComputeRules): Reply {
  const { server: wanted, "os:scheduler_hints": hints } = read(call, {
    required: { server: WANTED },
    optional: { "os:scheduler_hints": object({}, { group: word }) },
  });
  refuseUnfit(world, wanted, rules);
  if (hints?.group !== undefined) world.get(SERVER_GROUPS, hints.group);
  refuseBeyond(world, wanted.flavorRef);
  const id = world.newId();
  const zone = wanted.availability_zone ?? rules.zones[0];
  const groups = (wanted.security_groups ?? []).map(({ name }) => groupNamed(world, name));
  const own_ports = plugNics(world, wanted.networks, { server: id, zone, groups }, rules);
  const own_volumes = fillDisks(world, wanted.block_device_mapping_v2 ?? [], { server: id, zone }, rules.volumeTypes);
  world.add(SERVERS, {
    id,
    name: wanted.name,
    status: "BUILD",
    before: "ACTIVE",
    task_state: "spawning",
    flavor_id: wanted.flavorRef,
    key_name: wanted.key_name ?? null,
    zone,
    group_id: hints?.group ?? null,
    metadata: wanted.metadata ?? {},
    tags: wanted.tags ?? [],
    user_data: wanted.user_data ?? "",
    created: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    user_id: USER_ID,
    own_ports,
    own_volumes,
  });
  world.afterPolls(SERVERS, id, 1, () => world.change(SERVERS, id, { status: "ACTIVE", task_state: null }));
  return {
    body: {
      server: {
        id,
        links: [],
        security_groups: wanted.security_groups ?? [{ name: "default" }],
        "OS-DCF:diskConfig": "MANUAL",
      },
    },
  };
}

function remove(world: World, call: Call): Reply {
  const { id } = world.get(SERVERS, param(call));
  world.change(SERVERS, id, { task_state: "deleting" });
  world.afterPolls(SERVERS, id, 1, () => bury(world, id));
  return {};
}
