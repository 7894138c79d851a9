import { badRequest } from "../../api/api-error";
import { flag, integer, nonEmptyText, nullable, object, oneOf, text, type Value } from "../../api/fields";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import { addVolume, recordAttachment } from "../../volume/queries";
import type { VolumeTypes } from "../../volume/rules";

/** How a request for a machine names one of its disks. */
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

/** Gives a machine its disks. Answers those that go with it. */
export function createDisks(
  store: Store,
  devices: readonly BlockDevice[],
  { server, zone }: { readonly server: string; readonly zone: string },
  types: VolumeTypes,
): readonly string[] {
  for (const device of devices) rejectInvalid(store, device);
  return devices
    .filter(({ destination_type }) => destination_type === "volume")
    .flatMap((device) => {
      const volume =
        device.source_type === "volume"
          ? store.get(VOLUMES, device.uuid ?? "")
          : addVolume(store, types, {
              size: device.volume_size ?? 0,
              volume_type: device.volume_type,
              availability_zone: zone,
              imageRef: device.source_type === "image" ? (device.uuid ?? "") : null,
            });
      recordAttachment(store, volume, server);
      return device.delete_on_termination === true ? [volume.id] : [];
    });
}

function rejectInvalid(store: Store, { source_type, destination_type, uuid, volume_size }: BlockDevice): void {
  if (source_type !== "blank" && (uuid ?? "") === "") throw badRequest(`a disk from ${source_type} needs its id`);
  if (source_type === "volume" && store.get(VOLUMES, uuid ?? "").status !== "available")
    throw badRequest(`Block Device Mapping is Invalid: volume ${uuid ?? ""} is not available`);
  if (source_type !== "volume" && destination_type === "volume" && (volume_size ?? 0) < 1)
    throw badRequest("Block Device Mapping is Invalid: a new volume needs a size");
}
