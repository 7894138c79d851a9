import { badRequest } from "../../api/api-error";
import { flag, integer, nonEmptyText, nullable, object, oneOf, text, type Value } from "../../api/fields";
import { IMAGES } from "../../image/models";
import type { Store } from "../../store";
import { type Volume, VOLUMES } from "../../volume/models";
import { addVolume, recordAttachment } from "../../volume/queries";
import type { VolumeRules } from "../../volume/rules";

/** A disk in a request to create a machine. */
export const BLOCK_DEVICE = object(
  { source_type: oneOf("image", "blank", "volume"), destination_type: oneOf("volume", "local") },
  {
    boot_index: nullable(integer),
    uuid: text,
    volume_type: nonEmptyText,
    volume_size: integer,
    delete_on_termination: flag,
    guest_format: text,
    device_type: text,
    disk_bus: text,
  },
);

type BlockDevice = Value<typeof BLOCK_DEVICE>;

/** Creates or attaches the disks of a machine. Returns the ids of the volumes that are to be deleted with it. */
export function createDisks(
  store: Store,
  devices: readonly BlockDevice[],
  { server, zone }: { readonly server: string; readonly zone: string },
  rules: VolumeRules,
): readonly string[] {
  return devices
    .filter(({ destination_type }) => destination_type === "volume")
    .flatMap((device) => {
      const volume = volumeFor(store, device, zone, rules);
      recordAttachment(store, volume, server);
      return device.delete_on_termination === true ? [volume.id] : [];
    });
}

function volumeFor(store: Store, device: BlockDevice, zone: string, rules: VolumeRules): Volume {
  const { source_type, uuid = "", volume_size = 0, volume_type } = device;
  if (source_type === "volume") return store.get(VOLUMES, uuid);
  const imageRef = source_type === "image" ? uuid : null;
  return addVolume(store, rules, { size: volume_size, volume_type, availability_zone: zone, imageRef });
}

/** Rejects disks that Nova checks before it accepts the request. */
export function rejectInvalidDisk(store: Store, device: BlockDevice): void {
  const { source_type, destination_type, uuid = "", volume_size = 0 } = device;
  if (source_type !== "blank") rejectUnknownSource(store, source_type, uuid);
  if (source_type !== "volume" && destination_type === "volume" && volume_size < 1)
    throw badRequest("Block Device Mapping is Invalid: a new volume needs a size");
}

function rejectUnknownSource(store: Store, source: "image" | "volume", id: string): void {
  if (id === "") throw badRequest(`a disk from ${source} needs its id`);
  if (source === "image" && store.find(IMAGES, id) === undefined)
    throw badRequest(`Block Device Mapping is Invalid: failed to get image ${id}.`);
  if (source === "volume" && store.get(VOLUMES, id).status !== "available")
    throw badRequest(`Block Device Mapping is Invalid: volume ${id} is not available`);
}
