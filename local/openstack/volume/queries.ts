import { OWNER, USER_ID } from "../account";
import { badRequest } from "../api/api-error";
import { IMAGES } from "../image/models";
import type { Store } from "../store";
import { type Attachment, type Volume, VOLUMES } from "./models";
import type { VolumeTypes } from "./rules";

/** What a volume is made from. */
export interface VolumeProps {
  readonly size: number;
  readonly name?: string;
  readonly volume_type?: string | undefined;
  readonly availability_zone?: string;
  readonly imageRef?: string | null;
}

/** Makes a volume. It can be used a look later. */
export function addVolume(store: Store, { known }: VolumeTypes, { imageRef, ...given }: VolumeProps): Volume {
  const volume_type = given.volume_type ?? known[0];
  if (!known.includes(volume_type))
    throw badRequest(`Volume type ${volume_type} could not be found; there are ${known.join(", ")}`);
  const image = typeof imageRef === "string" ? store.get(IMAGES, imageRef) : undefined;
  if (image !== undefined && given.size < image.min_disk)
    throw badRequest(
      `Volume of ${given.size} GB is smaller than the ${image.min_disk} GB that image ${image.name} needs`,
    );
  const volume = store.add(VOLUMES, {
    name: "",
    description: null,
    availability_zone: "nova",
    metadata: {},
    ...given,
    id: store.newId(),
    volume_type,
    status: "creating",
    attachments: [],
    bootable: String(image !== undefined),
    encrypted: false,
    multiattach: false,
    snapshot_id: null,
    source_volid: null,
    consistencygroup_id: null,
    replication_status: null,
    user_id: USER_ID,
    "os-vol-tenant-attr:tenant_id": OWNER.tenant_id,
    created_at: new Date().toISOString().replace("Z", "000"),
    updated_at: new Date().toISOString().replace("Z", "000"),
    ...(image === undefined ? {} : { volume_image_metadata: { image_id: image.id, image_name: image.name } }),
  });
  store.afterPolls(VOLUMES, volume.id, 1, () => store.change(VOLUMES, volume.id, { status: "available" }));
  return volume;
}

/** Puts a volume into a machine. Refuses one that is not free. */
export function attach(store: Store, id: string, server_id: string): Attachment {
  const volume = store.get(VOLUMES, id);
  if (volume.status !== "available")
    throw badRequest(`Invalid volume: volume ${id} status must be available. Currently in ${volume.status}.`);
  return recordAttachment(store, volume, server_id);
}

/** Puts a volume into the machine it was made for. */
export function recordAttachment(store: Store, { id }: Volume, server_id: string): Attachment {
  const count = store
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some((one) => one.server_id === server_id)).length;
  const attachment = {
    id,
    attachment_id: store.newId(),
    volume_id: id,
    server_id,
    device: `/dev/vd${String.fromCharCode("a".charCodeAt(0) + count)}`,
  };
  store.afterPolls(VOLUMES, id, 1, () => undefined);
  store.change(VOLUMES, id, { status: "in-use", attachments: [attachment] });
  return attachment;
}

/** Takes a volume out of its machine. */
export function detach(store: Store, id: string): void {
  store.change(VOLUMES, id, { status: "available", attachments: [] });
}
