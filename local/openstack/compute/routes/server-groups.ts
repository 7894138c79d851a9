import type { JsonObject } from "../../../http/json";
import { OWNER, USER_ID } from "../../account";
import { badRequest } from "../../api/api-error";
import { type Call, param, type Route, supportsMicroversion } from "../../api/call";
import { anyJson, list, nonEmptyText, oneOf, read } from "../../api/fields";
import type { Store } from "../../store";
import { SERVER_GROUPS, type ServerGroup, SERVERS } from "../models";

/** Server groups. Clients that request microversion 2.64 or later send one policy, others a list with one policy. */
export function serverGroups(store: Store, policies: readonly string[], hasMicroversions: boolean): readonly Route[] {
  const hasSinglePolicy = (call: Call): boolean => hasMicroversions && supportsMicroversion(call, 64);
  // Soft policies were added in version 2.15.
  const policiesOf = (call: Call): readonly string[] =>
    hasMicroversions && !supportsMicroversion(call, 15)
      ? policies.filter((each) => !each.startsWith("soft-"))
      : policies;
  const readGroup = (call: Call): GroupProps =>
    hasSinglePolicy(call) ? readPolicy(call, policies) : readPolicyList(call, policiesOf(call));
  const view = ({ id, name, policy }: ServerGroup, call: Call): JsonObject => {
    const members = store
      .all(SERVERS)
      .filter((server) => server.group_id === id)
      .map((server) => server.id);
    return hasSinglePolicy(call)
      ? { id, name, policy, rules: {}, members, project_id: OWNER.project_id, user_id: USER_ID }
      : { id, name, policies: [policy], members, metadata: {} };
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
      handle: (call) => ({
        body: { server_group: view(store.add(SERVER_GROUPS, { id: store.newId(), ...readGroup(call) }), call) },
      }),
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

type GroupProps = Pick<ServerGroup, "name" | "policy">;

function readPolicy(call: Call, policies: readonly string[]): GroupProps {
  const { name, policy } = read(call, {
    wrapper: "server_group",
    required: { name: nonEmptyText, policy: oneOf(...policies) },
    optional: { rules: anyJson },
  });
  return { name, policy };
}

function readPolicyList(call: Call, policies: readonly string[]): GroupProps {
  const given = read(call, {
    wrapper: "server_group",
    required: { name: nonEmptyText, policies: list(oneOf(...policies)) },
  });
  const [policy, ...others] = given.policies;
  if (policy === undefined || others.length > 0) throw badRequest("a server group has exactly one policy");
  return { name: given.name, policy };
}
