import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { labels, list, object, oneOf, read, text, nonEmptyText } from "../../api/fields";
import { PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import type { Store } from "../../store";
import { SERVERS } from "../models";
import { confirmResize, resize } from "../queries/resize";

/** What can be done to a machine that is there. */
export function serverActions(store: Store, isStandard: boolean): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/servers/:id/action",
      status: 202,
      handle: (call) => performAction(store, call, isStandard),
    },
    {
      method: "GET",
      path: "/servers/:id/metadata",
      handle: (call) => ({ body: { metadata: store.get(SERVERS, param(call)).metadata } }),
    },
    {
      method: "POST",
      path: "/servers/:id/metadata",
      status: 200,
      handle: (call) => {
        const { id, metadata: before } = store.get(SERVERS, param(call));
        const { metadata } = read(call, { required: { metadata: labels } });
        return { body: { metadata: store.change(SERVERS, id, { metadata: { ...before, ...metadata } }).metadata } };
      },
    },
    {
      method: "PUT",
      path: "/servers/:id/metadata/:key",
      handle: (call) => {
        const { id, metadata } = store.get(SERVERS, param(call));
        const { meta } = read(call, { required: { meta: labels } });
        store.change(SERVERS, id, { metadata: { ...metadata, ...meta } });
        return { body: { meta } };
      },
    },
    { method: "DELETE", path: "/servers/:id/metadata/:key", handle: (call) => removeMetadata(store, call) },
    ...(isStandard ? serverTags(store) : []),
  ];
}

function removeMetadata(store: Store, call: Call): Reply {
  const { id, metadata } = store.get(SERVERS, param(call));
  const { [param(call, "key")]: gone, ...kept } = metadata;
  if (gone === undefined) throw notFound("Metadata item", param(call, "key"));
  store.change(SERVERS, id, { metadata: kept });
  return {};
}

function serverTags(store: Store): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/servers/:id/tags",
      handle: (call) => ({ body: { tags: store.get(SERVERS, param(call)).tags } }),
    },
    {
      method: "PUT",
      path: "/servers/:id/tags",
      handle: (call) => {
        const { tags } = read(call, { required: { tags: list(text) } });
        return { body: { tags: store.change(SERVERS, param(call), { tags }).tags } };
      },
    },
  ];
}

const NAMED_OBJECT = object({ name: nonEmptyText }, {});

function performAction(store: Store, call: Call, isStandard: boolean): Reply {
  const server = store.get(SERVERS, param(call));
  const [action = ""] = Object.keys(call.body);
  if (action === "confirmResize" && isStandard) return confirmResize(store, server);
  if (server.status !== "ACTIVE" && server.status !== "SHUTOFF")
    throw conflict("Conflict", `Cannot '${action}' instance ${server.id} while it is ${server.status}`);
  switch (action) {
    case "os-start":
      store.change(SERVERS, server.id, { status: "ACTIVE" });
      return {};
    case "os-stop":
      store.change(SERVERS, server.id, { status: "SHUTOFF" });
      return {};
    case "reboot":
      read(call, { wrapper: "reboot", required: { type: oneOf("SOFT", "HARD") } });
      return {};
    case "resize":
      return resize(store, call, server, !isStandard);
    case "addSecurityGroup":
    case "removeSecurityGroup": {
      const { [action]: given } = read(call, { required: { [action]: NAMED_OBJECT } });
      changeSecurityGroup(store, server.id, given?.name ?? "", action === "addSecurityGroup");
      return {};
    }
    default:
      throw badRequest(`There is no such action: ${action}`);
  }
}

function changeSecurityGroup(store: Store, serverId: string, name: string, adds: boolean): void {
  const group = store.all(SECURITY_GROUPS).find((one) => one.name === name || one.id === name);
  if (group === undefined) throw notFound("Security group", name);
  for (const { id, security_groups } of portsOf(store, { device_id: serverId })) {
    const others = security_groups.filter((one) => one !== group.id);
    store.change(PORTS, id, { security_groups: adds ? [...others, group.id] : others });
  }
}
