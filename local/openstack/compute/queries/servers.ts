import { USER_ID } from "../../account";
import { ApiError, badRequest, conflict } from "../../api/api-error";
import * as v from "valibot";
import {
  anyJson,
  flag,
  integer,
  labels,
  list,
  nonEmptyText,
  object,
  shortText,
  text,
  type Value,
} from "../../api/fields";
import { NETWORKS, PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import { detach } from "../../volume/queries";
import { type Flavor, FLAVORS, KEY_PAIRS, type Server, SERVERS } from "../models";
import type { ComputeRules } from "../rules";
import { BLOCK_DEVICE, rejectInvalidDisk } from "./disks";
import { NIC } from "./nics";

const USER_DATA_BYTES = 65_535;

const serverName = v.pipe(shortText, v.minLength(1, "must not be empty"));

/** The machine in a request to create one. */
export const SERVER_REQUEST = object(
  { name: serverName, flavorRef: nonEmptyText },
  {
    networks: list(NIC),
    imageRef: text,
    key_name: nonEmptyText,
    block_device_mapping_v2: list(BLOCK_DEVICE),
    availability_zone: nonEmptyText,
    user_data: text,
    security_groups: list(object({ name: nonEmptyText }, {})),
    metadata: labels,
    min_count: integer,
    max_count: integer,
    config_drive: flag,
    personality: anyJson,
    adminPass: text,
    return_reservation_id: flag,
    tags: list(text),
  },
);

/** A machine that a client requests. */
export type ServerRequest = Value<typeof SERVER_REQUEST>;

/** Rejects a request that the cloud cannot fulfil. */
export function rejectInvalidServer(store: Store, requested: ServerRequest, rules: ComputeRules): void {
  const flavor = store.find(FLAVORS, requested.flavorRef);
  if (flavor === undefined) throw badRequest(`Flavor ${requested.flavorRef} could not be found.`);
  rejectUnknownReferences(store, requested, rules);
  for (const nic of requested.networks ?? []) rejectUnknownNic(store, nic);
  for (const disk of requested.block_device_mapping_v2 ?? []) rejectInvalidDisk(store, disk);
  rejectUnsupported(requested);
  if (rules.requiresKeyPair && requested.key_name === undefined) throw badRequest('"key_name" is required');
  rejectInvalidDisks(flavor, requested.block_device_mapping_v2 ?? []);
}

function rejectUnknownReferences(store: Store, requested: ServerRequest, { zones }: ComputeRules): void {
  const { key_name, availability_zone } = requested;
  if (key_name !== undefined && store.find(KEY_PAIRS, key_name) === undefined)
    throw badRequest("Invalid key_name provided.");
  if (availability_zone !== undefined && !zones.includes(availability_zone))
    throw badRequest("The requested availability zone is not available");
}

function rejectUnsupported({ user_data = "", min_count = 1, max_count = 1 }: ServerRequest): void {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(user_data.replace(/\s/g, "")))
    throw badRequest("Invalid input for field/attribute user_data: it is not a 'base64'");
  if (Buffer.byteLength(user_data, "base64") > USER_DATA_BYTES)
    throw badRequest(`user_data is longer than ${USER_DATA_BYTES} bytes`);
  if (min_count !== 1 || max_count !== 1) throw badRequest("the emulator makes machines one at a time");
}

function rejectInvalidDisks(flavor: Flavor, disks: readonly Value<typeof BLOCK_DEVICE>[]): void {
  if (disks.length === 0 && flavor.disk === 0)
    throw badRequest(`flavor ${flavor.name} has no disk of its own: name a volume to boot from`);
  if (disks.length > 0 && disks.filter(({ boot_index }) => boot_index === 0).length !== 1)
    throw badRequest(
      "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
}

/** Nova reports unknown objects of a request as invalid, not as missing. */
function rejectUnknownNic(store: Store, { port, uuid }: Value<typeof NIC>): void {
  if (port !== undefined && store.find(PORTS, port) === undefined)
    throw badRequest(`Port id ${port} could not be found.`);
  if (uuid !== undefined && store.find(NETWORKS, uuid) === undefined)
    throw badRequest(`Network ${uuid} could not be found.`);
}

/** The networks of a machine that is requested without any: the only network of the project. */
export function automaticNetworks(store: Store): readonly Value<typeof NIC>[] {
  const own = store.all(NETWORKS).filter((network) => !network["router:external"]);
  if (own.length > 1)
    throw conflict("AmbiguousNetwork", "Multiple possible networks found, use a Network ID to be more specific.");
  return own.map(({ id }) => ({ uuid: id }));
}

/** The id of the security group with a name or id. Rejects a name that several groups have. */
export function securityGroupId(store: Store, name: string): string {
  const [group, other] = store
    .all(SECURITY_GROUPS)
    .filter((candidate) => candidate.name === name || candidate.id === name);
  if (group === undefined) throw badRequest(`Security group ${name} not found.`);
  if (other !== undefined)
    throw conflict(
      "NoUniqueMatch",
      `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
    );
  return group.id;
}

/** Rejects a machine that exceeds the quota of the project. */
export function rejectBeyondQuota(store: Store, flavorId: string): void {
  const flavors = [...store.all(SERVERS).map((server) => server.flavor_id), flavorId].map((id) =>
    store.get(FLAVORS, id),
  );
  const used = {
    instances: flavors.length,
    cores: flavors.reduce((sum, { vcpus }) => sum + vcpus, 0),
    ram: flavors.reduce((sum, { ram }) => sum + ram, 0),
  };
  for (const resource of ["instances", "cores", "ram"] as const)
    if (used[resource] > store.quota[resource])
      throw new ApiError(
        403,
        "OverQuota",
        `Quota exceeded for ${resource}: ${used[resource]} would be used of ${store.quota[resource]}`,
      );
}

/** The fields of a new machine that have defaults or do not depend on the request. */
export function newServer({ key_name, metadata, tags, user_data }: ServerRequest) {
  return {
    status: "BUILD",
    before: "ACTIVE",
    task_state: "spawning",
    key_name: key_name ?? null,
    metadata: metadata ?? {},
    tags: tags ?? [],
    user_data: user_data ?? "",
    created: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    user_id: USER_ID,
  } as const satisfies Partial<Server>;
}

/** Deletes a machine with the ports and volumes that were created for it; detaches the others. */
export function removeServer(store: Store, id: string): void {
  const { own_ports, own_volumes } = store.get(SERVERS, id);
  for (const port of portsOf(store, { device_id: id }))
    if (own_ports.includes(port.id)) removePort(store, port.id);
    else store.change(PORTS, port.id, { device_id: "", device_owner: "", status: "DOWN" });
  for (const volume of store
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some(({ server_id }) => server_id === id)))
    if (own_volumes.includes(volume.id)) store.remove(VOLUMES, volume.id);
    else detach(store, volume.id);
  store.remove(SERVERS, id);
}
