import type { JsonObject } from "../../../http/json";
import { badRequest, notFound } from "../../api/api-error";
import { type Call, param, type Route } from "../../api/call";
import { flag, nonEmptyText, read, text } from "../../api/fields";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import { attach, detach } from "../../volume/queries";
import { SERVERS } from "../models";

/** Attachments of volumes to machines. */
export function volumeAttachments(store: Store): readonly Route[] {
  const path = "/servers/:id/os-volume_attachments";
  return [
    { method: "GET", path, handle: (call) => ({ body: { volumeAttachments: attachmentsOf(store, call) } }) },
    {
      method: "GET",
      path: `${path}/:volume`,
      handle: (call) => ({ body: { volumeAttachment: attachmentIn(store, call) } }),
    },
    {
      method: "POST",
      path,
      status: 200,
      handle: (call) => {
        const server = store.get(SERVERS, param(call));
        const { volumeId } = read(call, {
          wrapper: "volumeAttachment",
          required: { volumeId: nonEmptyText },
          optional: { device: text, delete_on_termination: flag },
        });
        const { device } = attach(store, volumeId, server.id);
        return { body: { volumeAttachment: { id: volumeId, volumeId, serverId: server.id, device } } };
      },
    },
    {
      method: "DELETE",
      path: `${path}/:volume`,
      status: 202,
      handle: (call) => {
        const { device, volumeId } = attachmentIn(store, call);
        if (device === "/dev/vda") throw badRequest("the disk that a machine boots from stays in it");
        detach(store, String(volumeId));
        return {};
      },
    },
  ];
}

/** The attachments of the machine in the path. */
function attachmentsOf(store: Store, call: Call): readonly JsonObject[] {
  const { id } = store.get(SERVERS, param(call));
  return store
    .all(VOLUMES)
    .flatMap((volume) =>
      volume.attachments
        .filter(({ server_id }) => server_id === id)
        .map(({ device }) => ({ id: volume.id, volumeId: volume.id, serverId: id, device })),
    );
}

/** The attachment of the volume in the path to the machine in the path. */
function attachmentIn(store: Store, call: Call): JsonObject {
  const found = attachmentsOf(store, call).find(({ id }) => id === param(call, "volume"));
  if (found === undefined) throw notFound("Volume attachment", param(call, "volume"));
  return found;
}
