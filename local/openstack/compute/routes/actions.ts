import { badRequest, conflict, notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { labels, list, object, oneOf, read, text, word } from "../../api/fields";
import { PORTS, SECURITY_GROUPS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import type { World } from "../../store";
import { SERVERS } from "../models";
import { confirmResize, resize } from "../queries/resize";

/** What can be done to a machine that is there. */
export function serverActions(world: World, isStandard: boolean): readonly Route[] {
  return [
    { method: "POST", path: "/servers/:id/action", status: 202, answer: (call) => act(world, call, isStandard) },
    {
      method: "GET",
      path: "/servers/:id/metadata",
      answer: (call) => ({ body: { metadata: world.get(SERVERS, param(call)).metadata } }),
    },
    {
      method: "POST",
      path: "/servers/:id/metadata",
      status: 200,
      answer: (call) => {
        const { id, metadata: before } = world.get(SERVERS, param(call));
        const { metadata } = read(call, { required: { metadata: labels } });
        return { body: { metadata: world.change(SERVERS, id, { metadata: { ...before, ...metadata } }).metadata } };
      },
    },
    {
      method: "PUT",
      path: "/servers/:id/metadata/:key",
      answer: (call) => {
        const { id, metadata } = world.get(SERVERS, param(call));
        const { meta } = read(call, { required: { meta: labels } });
        world.change(SERVERS, id, { metadata: { ...metadata, ...meta } });
        return { body: { meta } };
      },
    },
    { method: "DELETE", path: "/servers/:id/metadata/:key", answer: (call) => forget(world, call) },
    ...(isStandard ? serverTags(world) : []),
  ];
}

function forget(world: World, call: Call): Reply {
  const { id, metadata } = world.get(SERVERS, param(call));
  const { [param(call, "key")]: gone, ...kept } = metadata;
  if (gone === undefined) throw notFound("Metadata item", param(call, "key"));
  world.change(SERVERS, id, { metadata: kept });
  return {};
}

function serverTags(world: World): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/servers/:id/tags",
      answer: (call) => ({ body: { tags: world.get(SERVERS, param(call)).tags } }),
    },
    {
      method: "PUT",
      path: "/servers/:id/tags",
      answer: (call) => {
        const { tags } = read(call, { required: { tags: list(text) } });
        return { body: { tags: world.change(SERVERS, param(call), { tags }).tags } };
      },
    },
  ];
}

const NAMED = object({ name: word }, {});

function act(world: World, call: Call, isStandard: boolean): Reply {
  const server = world.get(SERVERS, param(call));
  const [action = ""] = Object.keys(call.body);
  if (action === "confirmResize" && isStandard) return confirmResize(world, server);
  if (server.status !== "ACTIVE" && server.status !== "SHUTOFF")
    throw conflict("Conflict", `Cannot '${action}' instance ${server.id} while it is ${server.status}`);
  switch (action) {
    case "os-start":
      world.change(SERVERS, server.id, { status: "ACTIVE" });
      return {};
    case "os-stop":
      world.change(SERVERS, server.id, { status: "SHUTOFF" });
      return {};
    case "reboot":
      read(call, { wrapper: "reboot", required: { type: oneOf("SOFT", "HARD") } });
      return {};
    case "resize":
      return resize(world, call, server, !isStandard);
    case "addSecurityGroup":
    case "removeSecurityGroup": {
      const { [action]: given } = read(call, { required: { [action]: NAMED } });
      regroup(world, server.id, given?.name ?? "", action === "addSecurityGroup");
      return {};
    }
    default:
      throw badRequest(`There is no such action: ${action}`);
  }
}

function regroup(world: World, serverId: string, name: string, adds: boolean): void {
  const group = world.all(SECURITY_GROUPS).find((one) => one.name === name || one.id === name);
  if (group === undefined) throw notFound("Security group", name);
  for (const { id, security_groups } of portsOf(world, { device_id: serverId })) {
    const others = security_groups.filter((one) => one !== group.id);
    world.change(PORTS, id, { security_groups: adds ? [...others, group.id] : others });
  }
}
