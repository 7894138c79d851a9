import type { JsonObject } from "../../../http/json";
import { badRequest, notFound } from "../../api/api-error";
import { type Call, param, type Route } from "../../api/call";
import { flag, read, text, nonEmptyText } from "../../api/fields";
import type { Store } from "../../store";
import { VOLUMES } from "../../volume/models";
import { attach, detach } from "../../volume/queries";
import { SERVERS } from "../models";

/** Volumes in machines. */
export function volumeAttachments(store: Store): readonly Route[] {
  const attachments = (call: Call): readonly JsonObject[] => {
    const { id } = store.get(SERVERS, param(call));
    return store
      .all(VOLUMES)
      .flatMap((volume) =>
        volume.attachments
          .filter(({ server_id }) => server_id === id)
          .map(({ device }) => ({ id: volume.id, volumeId: volume.id, serverId: id, device })),
      );
  };
  const one = (call: Call): JsonObject => {
    const found = attachments(call).find(({ id }) => id === param(call, "volume"));
    if (found === undefined) throw notFound("Volume attachment", param(call, "volume"));
    return found;
  };
  return [
    {
      method: "GET",
      path: "/servers/:id/os-volume_attachments",
      handle: (call) => ({ body: { volumeAttachments: attachments(call) } }),
    },
    {
      method: "GET",
      path: "/servers/:id/os-volume_attachments/:volume",
      handle: (call) => ({ body: { volumeAttachment: one(call) } }),
    },
    {
      method: "POST",
      path: "/servers/:id/os-volume_attachments",
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
      path: "/servers/:id/os-volume_attachments/:volume",
      status: 202,
      handle: (call) => {
        const { device, volumeId } = one(call);
        if (device === "/dev/vda") throw badRequest("the disk that a machine boots from stays in it");
        detach(store, String(volumeId));
        return {};
      },
    },
  ];
}
