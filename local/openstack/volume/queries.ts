import { OWNER, USER_ID } from "../account";
import { ApiError, badRequest } from "../api/api-error";
import { type Image, IMAGES } from "../image/models";
import type { Store } from "../store";
import { type Attachment, type Volume, VOLUMES } from "./models";
import type { VolumeRules } from "./rules";

/** The fields of a new volume. */
export interface VolumeProps {
  readonly size: number;
  readonly name?: string;
  readonly volume_type?: string | undefined;
  readonly availability_zone?: string;
  readonly imageRef?: string | null;
}

/** Adds a volume. It becomes available after the next poll. */
export function addVolume(store: Store, rules: VolumeRules, { imageRef, ...given }: VolumeProps): Volume {
  const volume_type = given.volume_type ?? rules.types[0];
  rejectUnknown(rules, volume_type, given.availability_zone);
  const image = typeof imageRef === "string" ? imageOf(store, imageRef) : undefined;
  if (image !== undefined && given.size < image.min_disk)
    throw badRequest(
      `Volume of ${given.size} GB is smaller than the ${image.min_disk} GB that image ${image.name} needs`,
    );
  if (rules.isStandard) rejectBeyondQuota(store, { volumes: 1, gigabytes: given.size });
  const volume = store.add(VOLUMES, {
    name: "",
    description: null,
    availability_zone: rules.zones[0],
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

/** Rejects volumes that exceed the quota of the project. */
export function rejectBeyondQuota(store: Store, added: { readonly volumes: number; readonly gigabytes: number }): void {
  const existing = store.all(VOLUMES);
  const used = {
    volumes: existing.length + added.volumes,
    gigabytes: existing.reduce((sum, { size }) => sum + size, added.gigabytes),
  };
  if (used.gigabytes > store.quota.gigabytes)
    throw new ApiError(
      413,
      "VolumeSizeExceedsAvailableQuota",
      `VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${added.gigabytes}G, quota is ${store.quota.gigabytes}G.`,
    );
  if (used.volumes > store.quota.volumes)
    throw new ApiError(
      413,
      "VolumeLimitExceeded",
      `VolumeLimitExceeded: Maximum number of volumes allowed (${store.quota.volumes}) exceeded for quota 'volumes'.`,
    );
}

function rejectUnknown({ types, zones, isStandard }: VolumeRules, type: string, zone: string | undefined): void {
  if (!types.includes(type)) {
    const message = `Volume type with name ${type} could not be found.`;
    throw isStandard ? new ApiError(404, "VolumeTypeNotFound", message) : badRequest(message);
  }
  if (zone !== undefined && !zones.includes(zone)) throw badRequest(`Availability zone '${zone}' is invalid.`);
}

/** The image that a volume is created from. */
function imageOf(store: Store, id: string): Image {
  const image = store.find(IMAGES, id);
  if (image === undefined) throw badRequest("Invalid image identifier or unable to access requested image.");
  return image;
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
