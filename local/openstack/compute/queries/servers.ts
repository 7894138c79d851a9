import { badRequest, conflict, ApiError } from "../../api/api-error";
import { anyJson, flag, integer, labels, list, nonEmptyText, object, text, type Value } from "../../api/fields";
import { PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import { detach } from "../../volume/queries";
import { FLAVORS, KEY_PAIRS, SERVERS } from "../models";
import type { ComputeRules } from "../rules";
import { BLOCK_DEVICE } from "./disks";
import { NIC } from "./nics";

const USER_DATA_BYTES = 65_535;

export const REQUESTED = object(
  { name: nonEmptyText, flavorRef: nonEmptyText, networks: list(NIC) },
  {
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

type Requested = Value<typeof REQUESTED>;

export function rejectInvalid(store: Store, requested: Requested, rules: ComputeRules): void {
  const flavor = store.get(FLAVORS, requested.flavorRef);
  if (requested.key_name !== undefined && store.find(KEY_PAIRS, requested.key_name) === undefined)
    throw badRequest("Invalid key_name provided.");
  if (requested.availability_zone !== undefined && !rules.zones.includes(requested.availability_zone))
    throw badRequest("The requested availability zone is not available");
  if (Buffer.byteLength(requested.user_data ?? "", "base64") > USER_DATA_BYTES)
    throw badRequest(`user_data is longer than ${USER_DATA_BYTES} bytes`);
  if ((requested.min_count ?? 1) !== 1 || (requested.max_count ?? 1) !== 1)
    throw badRequest("the emulator makes machines one at a time");
  const disks = requested.block_device_mapping_v2 ?? [];
  if (rules.requiresKeyPair && requested.key_name === undefined) throw badRequest('"key_name" is required');
  if (disks.length === 0 && flavor.disk === 0)
    throw badRequest(`flavor ${flavor.name} has no disk of its own: name a volume to boot from`);
  if (disks.length > 0 && disks.filter(({ boot_index }) => boot_index === 0).length !== 1)
    throw badRequest(
      "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
}

export function securityGroupId(store: Store, name: string): string {
  const [group, other] = store.all(SECURITY_GROUPS).filter((one) => one.name === name || one.id === name);
  if (group === undefined) throw badRequest(`Security group ${name} not found.`);
  if (other !== undefined)
    throw conflict(
      "NoUniqueMatch",
      `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
    );
  return group.id;
}

export function rejectBeyondQuota(store: Store, flavorId: string): void {
  const flavors = [...store.all(SERVERS).map((server) => server.flavor_id), flavorId].map((id) =>
    store.get(FLAVORS, id),
  );
  const used = {
    instances: flavors.length,
    cores: flavors.reduce((sum, { vcpus }) => sum + vcpus, 0),
    ram: flavors.reduce((sum, { ram }) => sum + ram, 0),
  };
  for (const what of ["instances", "cores", "ram"] as const)
    if (used[what] > store.quota[what])
      throw new ApiError(
        ...([403, "OverQuota"] as const),
        `Quota exceeded for ${what}: ${used[what]} would be used of ${store.quota[what]}`,
      );
}

/** Takes away a machine and what came with it; what was given to it is let go. */
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
