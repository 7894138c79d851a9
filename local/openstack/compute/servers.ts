import type { JsonObject } from "../../aws/gateway/answer";
import { USER_ID } from "../account";
import type { Call, Reply, Route } from "../call";
import { param } from "../call";
import { anything, flag, labels, list, object, read, text, whole, word } from "../fields";
import { listing } from "../listing";
import { badRequest, conflict, Refusal } from "../refusal";
import type { PortRules } from "../network/ports";
import { PORTS, portsOf, removePort } from "../network/ports";
import { SECURITY_GROUPS } from "../network/security-groups";
import type { VolumeTypes } from "../volume/volumes";
import { detach, VOLUMES } from "../volume/volumes";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { BLOCK_DEVICE, fillDisks } from "./disks";
import { FLAVORS } from "./flavors";
import { KEY_PAIRS } from "./key-pairs";
import { NIC, plugNics } from "./nics";
import { SERVER_GROUPS } from "./server-groups";
import { serverView } from "./server-view";

/** A machine. */
export interface Server extends Row {
  readonly name: string;
  readonly status: "BUILD" | "ACTIVE" | "SHUTOFF" | "RESIZE" | "VERIFY_RESIZE";
  /** How it was before it was given another size. */
  readonly before: "ACTIVE" | "SHUTOFF";
  readonly task_state: string | null;
  readonly flavor_id: string;
  readonly key_name: string | null;
  readonly zone: string;
  readonly group_id: string | null;
  readonly metadata: JsonObject;
  readonly tags: readonly string[];
  /** In base64; empty when there is none. */
  readonly user_data: string;
  readonly created: string;
  /** Ports that came with the machine and go with it. */
  readonly own_ports: readonly string[];
  /** Volumes that go with the machine. */
  readonly own_volumes: readonly string[];
}

export const SERVERS = new Kind<Server>("Server");

/** What differs from cloud to cloud. */
export interface ComputeRules extends PortRules {
  readonly zones: readonly [string, ...(readonly string[])];
  readonly volumeTypes: VolumeTypes;
  /** What every machine must name, and elsewhere need not. */
  readonly needsKeyAndDisk: boolean;
  /** What NHN Cloud does not document: tags and a description of machines, and an end to a change of size. */
  readonly isStandard: boolean;
}

const USER_DATA_BYTES = 65_535;

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

const WANTED = object(
  { name: word, flavorRef: word, networks: list(NIC) },
  {
    imageRef: text,
    key_name: word,
    block_device_mapping_v2: list(BLOCK_DEVICE),
    availability_zone: word,
    user_data: text,
    security_groups: list(object({ name: word }, {})),
    metadata: labels,
    min_count: whole,
    max_count: whole,
    config_drive: flag,
    personality: anything,
    adminPass: text,
    return_reservation_id: flag,
    tags: list(text),
  },
);

type Wanted = ReturnType<typeof WANTED>;

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

function refuseUnfit(world: World, wanted: Wanted, rules: ComputeRules): void {
  const flavor = world.get(FLAVORS, wanted.flavorRef);
  if (wanted.key_name !== undefined && world.find(KEY_PAIRS, wanted.key_name) === undefined)
    throw badRequest("Invalid key_name provided.");
  if (wanted.availability_zone !== undefined && !rules.zones.includes(wanted.availability_zone))
    throw badRequest("The requested availability zone is not available");
  if (Buffer.byteLength(wanted.user_data ?? "", "base64") > USER_DATA_BYTES)
    throw badRequest(`user_data is longer than ${USER_DATA_BYTES} bytes`);
  if ((wanted.min_count ?? 1) !== 1 || (wanted.max_count ?? 1) !== 1)
    throw badRequest("the emulator makes machines one at a time");
  const disks = wanted.block_device_mapping_v2 ?? [];
  if (rules.needsKeyAndDisk && wanted.key_name === undefined) throw badRequest('"key_name" is required');
  if (disks.length === 0 && flavor.disk === 0)
    throw badRequest(`flavor ${flavor.name} has no disk of its own: name a volume to boot from`);
  if (disks.length > 0 && disks.filter(({ boot_index }) => boot_index === 0).length !== 1)
    throw badRequest(
      "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
}

function groupNamed(world: World, name: string): string {
  const [group, other] = world.all(SECURITY_GROUPS).filter((one) => one.name === name || one.id === name);
  if (group === undefined) throw badRequest(`Security group ${name} not found.`);
  if (other !== undefined)
    throw conflict(
      "NoUniqueMatch",
      `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
    );
  return group.id;
}

function refuseBeyond(world: World, flavorId: string): void {
  const flavors = [...world.all(SERVERS).map((server) => server.flavor_id), flavorId].map((id) =>
    world.get(FLAVORS, id),
  );
  const used = {
    instances: flavors.length,
    cores: flavors.reduce((sum, { vcpus }) => sum + vcpus, 0),
    ram: flavors.reduce((sum, { ram }) => sum + ram, 0),
  };
  for (const what of ["instances", "cores", "ram"] as const)
    if (used[what] > world.quota[what])
      throw new Refusal(
        ...([403, "OverQuota"] as const),
        `Quota exceeded for ${what}: ${used[what]} would be used of ${world.quota[what]}`,
      );
}

function remove(world: World, call: Call): Reply {
  const { id } = world.get(SERVERS, param(call));
  world.change(SERVERS, id, { task_state: "deleting" });
  world.afterPolls(SERVERS, id, 1, () => bury(world, id));
  return {};
}

/** Takes away a machine and what came with it; what was given to it is let go. */
function bury(world: World, id: string): void {
  const { own_ports, own_volumes } = world.get(SERVERS, id);
  for (const port of portsOf(world, { device_id: id }))
    if (own_ports.includes(port.id)) removePort(world, port.id);
    else world.change(PORTS, port.id, { device_id: "", device_owner: "", status: "DOWN" });
  for (const volume of world
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some(({ server_id }) => server_id === id)))
    if (own_volumes.includes(volume.id)) world.remove(VOLUMES, volume.id);
    else detach(world, volume.id);
  world.remove(SERVERS, id);
}
