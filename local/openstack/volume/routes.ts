import { badRequest } from "../api/api-error";
import { type Call, param, type Reply, type Route, speaks } from "../api/call";
import { between, flag, labels, orNull, read, text, whole, word } from "../api/fields";
import { listing } from "../api/listing";
import type { World } from "../store";
import { VOLUMES } from "./models";
import { addVolume, type VolumeProps } from "./queries";
import type { VolumeTypes } from "./rules";

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
