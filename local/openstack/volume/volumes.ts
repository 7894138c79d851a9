import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER, USER_ID } from "../account";
import type { Call, Reply, Route } from "../call";
import { param, speaks } from "../call";
import { between, flag, labels, orNull, read, text, whole, word } from "../fields";
import { IMAGES } from "../image/images";
import { listing } from "../listing";
import { badRequest } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";

/** A volume in a machine. */
export interface Attachment extends JsonObject {
  readonly server_id: string;
  readonly device: string;
}

/** A disk that outlives the machine it is in, if it is told to. */
export interface Volume extends Row {
  readonly name: string;
  readonly size: number;
  readonly volume_type: string;
  readonly status: "creating" | "available" | "in-use" | "deleting";
  readonly attachments: readonly Attachment[];
}

export const VOLUMES = new Kind<Volume>("Volume");

/** Kinds of disks, and which is taken when none is named. */
export interface VolumeTypes {
  readonly known: readonly [string, ...(readonly string[])];
}

/** What a volume is made from. */
export interface VolumeProps {
  readonly size: number;
  readonly name?: string;
  readonly volume_type?: string | undefined;
  readonly availability_zone?: string;
  readonly imageRef?: string | null;
}

/** Makes a volume. It can be used a look later. */
export function addVolume(world: World, { known }: VolumeTypes, { imageRef, ...given }: VolumeProps): Volume {
  const volume_type = given.volume_type ?? known[0];
  if (!known.includes(volume_type))
    throw badRequest(`Volume type ${volume_type} could not be found; there are ${known.join(", ")}`);
  const image = typeof imageRef === "string" ? world.get(IMAGES, imageRef) : undefined;
  if (image !== undefined && given.size < image.min_disk)
    throw badRequest(
      `Volume of ${given.size} GB is smaller than the ${image.min_disk} GB that image ${image.name} needs`,
    );
  const volume = world.add(VOLUMES, {
    name: "",
    description: null,
    availability_zone: "nova",
    metadata: {},
    ...given,
    id: world.newId(),
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
  world.afterPolls(VOLUMES, volume.id, 1, () => world.change(VOLUMES, volume.id, { status: "available" }));
  return volume;
}

/** Puts a volume into a machine. Refuses one that is not free. */
export function attach(world: World, id: string, server_id: string): Attachment {
  const volume = world.get(VOLUMES, id);
  if (volume.status !== "available")
    throw badRequest(`Invalid volume: volume ${id} status must be available. Currently in ${volume.status}.`);
  return put(world, volume, server_id);
}

/** Puts a volume into the machine it was made for. */
export function put(world: World, { id }: Volume, server_id: string): Attachment {
  const inside = world
    .all(VOLUMES)
    .filter(({ attachments }) => attachments.some((one) => one.server_id === server_id)).length;
  const attachment = {
    id,
    attachment_id: world.newId(),
    volume_id: id,
    server_id,
    device: `/dev/vd${String.fromCharCode("a".charCodeAt(0) + inside)}`,
  };
  world.afterPolls(VOLUMES, id, 1, () => undefined);
  world.change(VOLUMES, id, { status: "in-use", attachments: [attachment] });
  return attachment;
}

/** Takes a volume out of its machine. */
export function detach(world: World, id: string): void {
  world.change(VOLUMES, id, { status: "available", attachments: [] });
}

const FILTERS = {
  filters: ["id", "name", "status", "availability_zone", "bootable"],
  ignored: ["all_tenants", "metadata"],
};

const CREATE = {
  name: text,
  description: orNull(text),
  availability_zone: word,
  volume_type: word,
  snapshot_id: orNull(word),
  metadata: labels,
};

/** Volumes: v2 as NHN Cloud has them, v3 where volumes can also be changed and made from images. */
export function volumes(world: World, types: VolumeTypes, version: 2 | 3): readonly Route[] {
  const show = (call: Call): Reply => {
    const volume = world.get(VOLUMES, param(call));
    world.looked(VOLUMES, volume.id);
    return { body: { volume } };
  };
  const index = (call: Call): Reply => {
    const rows = world.all(VOLUMES);
    for (const { id } of rows) world.looked(VOLUMES, id);
    return { body: { volumes: listing(call, rows, FILTERS) } };
  };
  return [
    {
      method: "GET",
      path: "/types",
      answer: () => ({ body: { volume_types: types.known.map((name) => ({ id: name, name, is_public: true })) } }),
    },
    { method: "GET", path: "/volumes", answer: index },
    { method: "GET", path: "/volumes/detail", answer: index },
    { method: "GET", path: "/volumes/:id", answer: show },
    {
      method: "POST",
      path: "/volumes",
      status: 202,
      answer: (call) => ({ body: { volume: addVolume(world, types, readVolume(call, version)) } }),
    },
    { method: "DELETE", path: "/volumes/:id", status: 202, answer: (call) => remove(world, call) },
    ...(version === 3 ? changes(world) : []),
  ];
}

function readVolume(call: Call, version: 2 | 3): VolumeProps {
  const more = version === 3 ? { imageRef: orNull(word), source_volid: orNull(word), multiattach: flag } : {};
  return read(call, { wrapper: "volume", required: { size: between(1, 16_384) }, optional: { ...CREATE, ...more } });
}

function remove(world: World, call: Call): Reply {
  const { id, status } = world.get(VOLUMES, param(call));
  if (status !== "available")
    throw badRequest(`Invalid volume: Volume status must be available or error, but it is ${status}; detach it first.`);
  world.change(VOLUMES, id, { status: "deleting" });
  world.afterPolls(VOLUMES, id, 1, () => world.remove(VOLUMES, id));
  return {};
}

function changes(world: World): readonly Route[] {
  return [
    {
      method: "PUT",
      path: "/volumes/:id",
      answer: (call) => {
        const optional = { name: text, description: orNull(text), metadata: labels };
        return { body: { volume: world.change(VOLUMES, param(call), read(call, { wrapper: "volume", optional })) } };
      },
    },
    {
      method: "POST",
      path: "/volumes/:id/action",
      status: 202,
      answer: (call) => {
        const volume = world.get(VOLUMES, param(call));
        const { new_size } = read(call, { wrapper: "os-extend", required: { new_size: whole } });
        if (new_size <= volume.size) throw badRequest("a volume can only grow");
        if (volume.status !== "available" && !speaks(call, 42))
          throw badRequest(`volume ${volume.id} is ${volume.status}: growing it there needs version 3.42 of the API`);
        world.change(VOLUMES, volume.id, { size: new_size });
        return {};
      },
    },
  ];
}
