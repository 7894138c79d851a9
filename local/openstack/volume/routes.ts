import { badRequest } from "../api/api-error";
import { type Call, param, type Reply, type Route, supportsMicroversion } from "../api/call";
import { flag, integer, integerBetween, labels, nonEmptyText, nullable, read, text } from "../api/fields";
import { listing } from "../api/listing";
import type { Store } from "../store";
import { VOLUMES } from "./models";
import { addVolume, rejectBeyondQuota, type VolumeProps } from "./queries";
import type { VolumeRules } from "./rules";

const FILTERS = {
  filters: ["id", "name", "status", "availability_zone", "bootable"],
  ignored: ["all_tenants", "metadata"],
};

const CREATE = {
  name: text,
  description: nullable(text),
  availability_zone: nonEmptyText,
  volume_type: nonEmptyText,
  snapshot_id: nullable(nonEmptyText),
  metadata: labels,
};

/** Volumes: v2 as NHN Cloud documents it; v3 can also update volumes and create them from images. */
export function volumes(store: Store, rules: VolumeRules): readonly Route[] {
  const show = (call: Call): Reply => {
    const volume = store.get(VOLUMES, param(call));
    store.recordPoll(VOLUMES, volume.id);
    return { body: { volume } };
  };
  const index = (call: Call): Reply => {
    const rows = store.all(VOLUMES);
    for (const { id } of rows) store.recordPoll(VOLUMES, id);
    return { body: { volumes: listing(call, rows, FILTERS) } };
  };
  return [
    {
      method: "GET",
      path: "/types",
      handle: () => ({ body: { volume_types: rules.types.map((name) => ({ id: name, name, is_public: true })) } }),
    },
    { method: "GET", path: "/volumes", handle: index },
    { method: "GET", path: "/volumes/detail", handle: index },
    { method: "GET", path: "/volumes/:id", handle: show },
    {
      method: "POST",
      path: "/volumes",
      status: 202,
      handle: (call) => ({ body: { volume: addVolume(store, rules, readVolume(call, rules)) } }),
    },
    { method: "DELETE", path: "/volumes/:id", status: 202, handle: (call) => remove(store, call) },
    ...(rules.isStandard ? changes(store) : []),
  ];
}

function readVolume(call: Call, { isStandard }: VolumeRules): VolumeProps {
  const more = isStandard
    ? { imageRef: nullable(nonEmptyText), source_volid: nullable(nonEmptyText), multiattach: flag }
    : {};
  return read(call, {
    wrapper: "volume",
    required: { size: integerBetween(1, 16_384) },
    optional: { ...CREATE, ...more },
  });
}

function remove(store: Store, call: Call): Reply {
  const { id, status } = store.get(VOLUMES, param(call));
  if (status !== "available")
    throw badRequest(`Invalid volume: Volume status must be available or error, but it is ${status}; detach it first.`);
  store.change(VOLUMES, id, { status: "deleting" });
  store.afterPolls(VOLUMES, id, 1, () => store.remove(VOLUMES, id));
  return {};
}

function changes(store: Store): readonly Route[] {
  return [
    {
      method: "PUT",
      path: "/volumes/:id",
      handle: (call) => {
        const optional = { name: text, description: nullable(text), metadata: labels };
        return { body: { volume: store.change(VOLUMES, param(call), read(call, { wrapper: "volume", optional })) } };
      },
    },
    {
      method: "POST",
      path: "/volumes/:id/action",
      status: 202,
      handle: (call) => {
        const volume = store.get(VOLUMES, param(call));
        const { new_size } = read(call, { wrapper: "os-extend", required: { new_size: integer } });
        if (new_size <= volume.size) throw badRequest("a volume can only grow");
        if (volume.status !== "available" && !supportsMicroversion(call, 42))
          throw badRequest(`volume ${volume.id} is ${volume.status}: growing it there needs version 3.42 of the API`);
        rejectBeyondQuota(store, { volumes: 0, gigabytes: new_size - volume.size });
        store.change(VOLUMES, volume.id, { size: new_size });
        return {};
      },
    },
  ];
}
