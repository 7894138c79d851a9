import { badRequest } from "../../api/api-error";
import { flag, object, oneOf, orNull, text, whole, word } from "../../api/fields";
import type { World } from "../../store";
import { VOLUMES } from "../../volume/models";
import { addVolume, put } from "../../volume/queries";
import type { VolumeTypes } from "../../volume/rules";

/** How a request for a machine names one of its disks. */
export const BLOCK_DEVICE = object(
  { source_type: oneOf("image", "blank", "volume"), destination_type: oneOf("volume", "local") },
  {
    boot_index: orNull(whole),
    uuid: text,
    volume_type: word,
    volume_size: whole,
    delete_on_termination: flag,
    guest_format: text,
    device_type: text,
    disk_bus: text,
  },
);

type BlockDevice = ReturnType<typeof BLOCK_DEVICE>;

/** Gives a machine its disks. Answers those that go with it. */
export function fillDisks(
  world: World,
  devices: readonly BlockDevice[],
  { server, zone }: { readonly server: string; readonly zone: string },
  types: VolumeTypes,
): readonly string[] {
  for (const device of devices) refuseUnfit(world, device);
  return devices
    .filter(({ destination_type }) => destination_type === "volume")
    .flatMap((device) => {
      const volume =
        device.source_type === "volume"
          ? world.get(VOLUMES, device.uuid ?? "")
          : addVolume(world, types, {
              size: device.volume_size ?? 0,
              volume_type: device.volume_type,
              availability_zone: zone,
              imageRef: device.source_type === "image" ? (device.uuid ?? "") : null,
            });
      put(world, volume, server);
      return device.delete_on_termination === true ? [volume.id] : [];
    });
}

function refuseUnfit(world: World, { source_type, destination_type, uuid, volume_size }: BlockDevice): void {
  if (source_type !== "blank" && (uuid ?? "") === "") throw badRequest(`a disk from ${source_type} needs its id`);
  if (source_type === "volume" && world.get(VOLUMES, uuid ?? "").status !== "available")
    throw badRequest(`Block Device Mapping is Invalid: volume ${uuid ?? ""} is not available`);
  if (source_type !== "volume" && destination_type === "volume" && (volume_size ?? 0) < 1)
    throw badRequest("Block Device Mapping is Invalid: a new volume needs a size");
}
