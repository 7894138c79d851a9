import type { JsonObject } from "../../../http/json";
import { OWNER, USER_ID } from "../../account";
import { badRequest } from "../../api/api-error";
import { type Call, param, type Route, speaks } from "../../api/call";
import { anything, list, oneOf, read, word } from "../../api/fields";
import type { World } from "../../store";
import { SERVER_GROUPS, type ServerGroup, SERVERS } from "../models";

/** Server groups: by one policy where the client speaks a version that has it, else by a list of one. */
export function serverGroups(world: World, policies: readonly string[], hasVersions: boolean): readonly Route[] {
  const isNew = (call: Call): boolean => hasVersions && speaks(call, 64);
  const view = ({ id, name, policy }: ServerGroup, call: Call): JsonObject => {
    const members = world
      .all(SERVERS)
      .filter((server) => server.group_id === id)
      .map((server) => server.id);
    return isNew(call)
      ? { id, name, policy, rules: {}, members, project_id: OWNER.project_id, user_id: USER_ID }
      : { id, name, policies: [policy], members, metadata: {} };
  };
  const create = (call: Call): ServerGroup => {
    if (isNew(call)) {
      const given = read(call, {
        wrapper: "server_group",
        required: { name: word, policy: oneOf(...policies) },
        optional: { rules: anything },
      });
      return { id: world.newId(), name: given.name, policy: given.policy };
    }
    const given = read(call, { wrapper: "server_group", required: { name: word, policies: list(oneOf(...policies)) } });
    const [policy, ...others] = given.policies;
    if (policy === undefined || others.length > 0) throw badRequest("a server group has exactly one policy");
    return { id: world.newId(), name: given.name, policy };
  };
  return [
    {
      method: "GET",
      path: "/os-server-groups",
      answer: (call) => ({ body: { server_groups: world.all(SERVER_GROUPS).map((group) => view(group, call)) } }),
    },
    {
      method: "GET",
      path: "/os-server-groups/:id",
      answer: (call) => ({ body: { server_group: view(world.get(SERVER_GROUPS, param(call)), call) } }),
    },
    {
      method: "POST",
      path: "/os-server-groups",
      status: 200,
      answer: (call) => ({ body: { server_group: view(world.add(SERVER_GROUPS, create(call)), call) } }),
    },
    {
      method: "DELETE",
      path: "/os-server-groups/:id",
      answer: (call) => {
        world.remove(SERVER_GROUPS, world.get(SERVER_GROUPS, param(call)).id);
        return {};
      },
    },
  ];
}
