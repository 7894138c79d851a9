import type { JsonObject } from "../../../http/json";
import { OWNER, USER_ID } from "../../account";
import { badRequest } from "../../api/api-error";
import { type Call, param, type Route, supportsMicroversion } from "../../api/call";
import { anyJson, list, oneOf, read, nonEmptyText } from "../../api/fields";
import type { Store } from "../../store";
import { SERVER_GROUPS, type ServerGroup, SERVERS } from "../models";

/** Server groups: by one policy where the client speaks a version that has it, else by a list of one. */
export function serverGroups(store: Store, policies: readonly string[], hasMicroversions: boolean): readonly Route[] {
  const hasSinglePolicy = (call: Call): boolean => hasMicroversions && supportsMicroversion(call, 64);
  const view = ({ id, name, policy }: ServerGroup, call: Call): JsonObject => {
    const members = store
      .all(SERVERS)
      .filter((server) => server.group_id === id)
      .map((server) => server.id);
    return hasSinglePolicy(call)
      ? { id, name, policy, rules: {}, members, project_id: OWNER.project_id, user_id: USER_ID }
      : { id, name, policies: [policy], members, metadata: {} };
  };
  const create = (call: Call): ServerGroup => {
    if (hasSinglePolicy(call)) {
      const given = read(call, {
        wrapper: "server_group",
        required: { name: nonEmptyText, policy: oneOf(...policies) },
        optional: { rules: anyJson },
      });
      return { id: store.newId(), name: given.name, policy: given.policy };
    }
    const given = read(call, {
      wrapper: "server_group",
      required: { name: nonEmptyText, policies: list(oneOf(...policies)) },
    });
    const [policy, ...others] = given.policies;
    if (policy === undefined || others.length > 0) throw badRequest("a server group has exactly one policy");
    return { id: store.newId(), name: given.name, policy };
  };
  return [
    {
      method: "GET",
      path: "/os-server-groups",
      handle: (call) => ({ body: { server_groups: store.all(SERVER_GROUPS).map((group) => view(group, call)) } }),
    },
    {
      method: "GET",
      path: "/os-server-groups/:id",
      handle: (call) => ({ body: { server_group: view(store.get(SERVER_GROUPS, param(call)), call) } }),
    },
    {
      method: "POST",
      path: "/os-server-groups",
      status: 200,
      handle: (call) => ({ body: { server_group: view(store.add(SERVER_GROUPS, create(call)), call) } }),
    },
    {
      method: "DELETE",
      path: "/os-server-groups/:id",
      handle: (call) => {
        store.remove(SERVER_GROUPS, store.get(SERVER_GROUPS, param(call)).id);
        return {};
      },
    },
  ];
}
