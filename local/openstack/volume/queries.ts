import { OWNER, USER_ID } from "../account";
import { badRequest } from "../api/api-error";
import { IMAGES } from "../image/models";
import type { Store } from "../store";
import { type Attachment, type Volume, VOLUMES } from "./models";
import type { VolumeTypes } from "./rules";

/** The fields of a new volume. */
export interface VolumeProps {
  readonly size: number;
  readonly name?: string;
  readonly volume_type?: string | undefined;
  readonly availability_zone?: string;
  readonly imageRef?: string | null;
}

/** Adds a volume. It becomes available after the next poll. */
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
    ...(image !== undefined && { volume_image_metadata: { image_id: image.id, image_name: image.name } }),
  });
  store.afterPolls(VOLUMES, volume.id, 1, () => store.change(VOLUMES, volume.id, { status: "available" }));
  return volume;
}

/** Attaches an available volume to a machine. */
export function attach(store: Store, id: string, server_id: string): Attachment {
  const volume = store.get(VOLUMES, id);
  if (volume.status !== "available")
    throw badRequest(`Invalid volume: volume ${id} status must be available. Currently in ${volume.status}.`);
  return recordAttachment(store, volume, server_id);
}

/** Attaches a volume to a machine without checking its status, as when both are created together. */
export function recordAttachment(store: Store, { id }: Volume, server_id: string): Attachment {
  const count = store
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some((attachment) => attachment.server_id === server_id)).length;
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

/** Detaches a volume. */
export function detach(store: Store, id: string): void {
  store.change(VOLUMES, id, { status: "available", attachments: [] });
}
