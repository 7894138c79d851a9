import { badRequest, conflict, Refusal } from "../../api/api-error";
import { anything, flag, labels, list, object, text, whole, word } from "../../api/fields";
import { PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { World } from "../../store";
import { VOLUMES } from "../../volume/models";
import { detach } from "../../volume/queries";
import { FLAVORS, KEY_PAIRS, SERVERS } from "../models";
import type { ComputeRules } from "../rules";
import { BLOCK_DEVICE } from "./disks";
import { NIC } from "./nics";

const USER_DATA_BYTES = 65_535;

export const WANTED = object(
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

export function refuseUnfit(world: World, wanted: Wanted, rules: ComputeRules): void {
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

export function groupNamed(world: World, name: string): string {
  const [group, other] = world.all(SECURITY_GROUPS).filter((one) => one.name === name || one.id === name);
  if (group === undefined) throw badRequest(`Security group ${name} not found.`);
  if (other !== undefined)
    throw conflict(
      "NoUniqueMatch",
      `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
    );
  return group.id;
}

export function refuseBeyond(world: World, flavorId: string): void {
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

/** Takes away a machine and what came with it; what was given to it is let go. */
export function bury(world: World, id: string): void {
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
