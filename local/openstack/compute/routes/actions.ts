import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { labels, list, nonEmptyText, object, oneOf, read, text } from "../../api/fields";
import { PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import type { Store } from "../../store";
import { type Server, SERVERS } from "../models";
import { confirmResize, resize } from "../queries/resize";

/** Actions, metadata and tags of machines. */
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
  const { [param(call, "key")]: removed, ...rest } = metadata;
  if (removed === undefined) throw notFound("Metadata item", param(call, "key"));
  store.change(SERVERS, id, { metadata: rest });
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

type Action = (store: Store, call: Call, server: Server, isStandard: boolean) => Reply;

const ACTIONS = new Map<string, Action>([
  ["os-start", (store, _call, { id }) => setStatus(store, id, "ACTIVE")],
  ["os-stop", (store, _call, { id }) => setStatus(store, id, "SHUTOFF")],
  ["reboot", (_store, call) => reboot(call)],
  ["resize", (store, call, server, isStandard) => resize(store, call, server, !isStandard)],
  ["addSecurityGroup", (store, call, { id }) => changeSecurityGroup(store, call, id, "addSecurityGroup")],
  ["removeSecurityGroup", (store, call, { id }) => changeSecurityGroup(store, call, id, "removeSecurityGroup")],
]);

function performAction(store: Store, call: Call, isStandard: boolean): Reply {
  const server = store.get(SERVERS, param(call));
  const [name = ""] = Object.keys(call.body);
  if (name === "confirmResize" && isStandard) return confirmResize(store, server);
  if (server.status !== "ACTIVE" && server.status !== "SHUTOFF")
    throw conflict("Conflict", `Cannot '${name}' instance ${server.id} while it is ${server.status}`);
  const action = ACTIONS.get(name);
  if (action === undefined) throw badRequest(`There is no such action: ${name}`);
  return action(store, call, server, isStandard);
}

function setStatus(store: Store, id: string, status: Server["status"]): Reply {
  store.change(SERVERS, id, { status });
  return {};
}

function reboot(call: Call): Reply {
  read(call, { wrapper: "reboot", required: { type: oneOf("SOFT", "HARD") } });
  return {};
}

function changeSecurityGroup(
  store: Store,
  call: Call,
  serverId: string,
  action: "addSecurityGroup" | "removeSecurityGroup",
): Reply {
  const { [action]: given } = read(call, { required: { [action]: NAMED_OBJECT } });
  const name = given?.name ?? "";
  const group = store.all(SECURITY_GROUPS).find((candidate) => candidate.name === name || candidate.id === name);
  if (group === undefined) throw notFound("Security group", name);
  for (const { id, security_groups } of portsOf(store, { device_id: serverId })) {
    const others = security_groups.filter((groupId) => groupId !== group.id);
    store.change(PORTS, id, { security_groups: action === "addSecurityGroup" ? [...others, group.id] : others });
  }
  return {};
}
