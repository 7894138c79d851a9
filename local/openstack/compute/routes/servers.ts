import { defined } from "@groundwork/constructs/core";
import type { JsonObject } from "../../../http/json";
import { ApiError, badRequest } from "../../api/api-error";
import { type Call, param, type Reply, type Route, supportsMicroversion } from "../../api/call";
import { nonEmptyText, object, read, text } from "../../api/fields";
import { listing } from "../../api/listing";
import type { Store } from "../../store";
import { type Server, SERVER_GROUPS, SERVERS } from "../models";
import { createDisks } from "../queries/disks";
import { attachNics } from "../queries/nics";
import { serverView } from "../queries/server-view";
import {
  automaticNetworks,
  newServer,
  rejectBeyondQuota,
  rejectInvalidServer,
  removeServer,
  securityGroupId,
  SERVER_REQUEST,
  type ServerRequest,
} from "../queries/servers";
import type { ComputeRules } from "../rules";

/** Fields of an update that only a standard OpenStack accepts. */
const STANDARD_UPDATES = { accessIPv4: text, accessIPv6: text, description: text };

/** Machines, on both clouds. */
export function servers(store: Store, rules: ComputeRules): readonly Route[] {
  const show = (server: Server): JsonObject => serverView(store, server);
  const index = (call: Call): Reply => {
    const rows = store.all(SERVERS);
    const body = {
      servers: listing(call, rows.map(show), {
        filters: ["name", "status", "flavor", "image"],
        ignored: ["all_tenants"],
      }),
    };
    for (const { id } of rows) store.recordPoll(SERVERS, id);
    return { body };
  };
  return [
    { method: "GET", path: "/servers", handle: index },
    { method: "GET", path: "/servers/detail", handle: index },
    {
      method: "GET",
      path: "/servers/:id",
      handle: (call) => {
        const server = store.get(SERVERS, param(call));
        const body = { server: show(server) };
        store.recordPoll(SERVERS, server.id);
        return { body };
      },
    },
    { method: "POST", path: "/servers", status: 202, handle: (call) => create(store, call, rules) },
    {
      method: "PUT",
      path: "/servers/:id",
      handle: (call) => {
        const optional = {
          name: nonEmptyText,
          ...(rules.isStandard && STANDARD_UPDATES),
        };
        const { name } = read(call, { wrapper: "server", optional });
        return { body: { server: show(store.change(SERVERS, param(call), defined({ name }))) } };
      },
    },
    { method: "DELETE", path: "/servers/:id", handle: (call) => remove(store, call) },
  ];
}

function create(store: Store, call: Call, rules: ComputeRules): Reply {
  const { server: requested, "os:scheduler_hints": hints } = read(call, {
    required: { server: SERVER_REQUEST },
    optional: { "os:scheduler_hints": object({}, { group: nonEmptyText }) },
  });
  rejectRecentFields(call, requested, rules);
  rejectInvalidServer(store, requested, rules);
  if (hints?.group !== undefined && store.find(SERVER_GROUPS, hints.group) === undefined)
    throw badRequest(`Instance group ${hints.group} could not be found.`);
  rejectBeyondQuota(store, requested.flavorRef);
  const id = store.newId();
  const zone = requested.availability_zone ?? rules.zones[0];
  const { fault, ...parts } = build(store, requested, { id, zone }, rules);
  store.add(SERVERS, {
    ...newServer(requested),
    id,
    name: requested.name,
    flavor_id: requested.flavorRef,
    zone,
    group_id: hints?.group ?? null,
    fault,
    ...parts,
  });
  const status = fault === null ? "ACTIVE" : "ERROR";
  store.afterPolls(SERVERS, id, 1, () => store.change(SERVERS, id, { status, task_state: null }));
  return {
    body: {
      server: {
        id,
        links: [],
        security_groups: requested.security_groups ?? [{ name: "default" }],
        "OS-DCF:diskConfig": "MANUAL",
        // Returned once. It is no secret: no machine has it.
        adminPass: requested.adminPass ?? "emulated",
      },
    },
  };
}

/** The type of a new volume is a field of version 2.67. NHN Cloud documents it without a version. */
function rejectRecentFields(call: Call, requested: ServerRequest, { isStandard }: ComputeRules): void {
  const disks = requested.block_device_mapping_v2 ?? [];
  if (isStandard && !supportsMicroversion(call, 67) && disks.some(({ volume_type }) => volume_type !== undefined))
    throw badRequest("Additional properties are not allowed ('volume_type' was unexpected)");
}

/**
 * Creates the interfaces and disks of a machine. Nova has accepted the request before: if another service then rejects a part of it, the
 * machine exists and its status becomes ERROR.
 */
function build(
  store: Store,
  requested: ServerRequest,
  { id, zone }: { readonly id: string; readonly zone: string },
  rules: ComputeRules,
): Pick<Server, "own_ports" | "own_volumes" | "fault"> {
  if (requested.networks === undefined && !rules.isStandard) throw badRequest('"networks" is required');
  const networks = requested.networks ?? automaticNetworks(store);
  const groups = (requested.security_groups ?? []).map(({ name }) => securityGroupId(store, name));
  const restore = store.restorePoint();
  try {
    const own_ports = attachNics(store, networks, { server: id, zone, groups }, rules);
    const disks = requested.block_device_mapping_v2 ?? [];
    const own_volumes = createDisks(store, disks, { server: id, zone }, rules.volumes);
    return { own_ports, own_volumes, fault: null };
  } catch (error) {
    if (!(error instanceof ApiError) || ![403, 413].includes(error.status)) throw error;
    restore();
    return { own_ports: [], own_volumes: [], fault: error.message };
  }
}

function remove(store: Store, call: Call): Reply {
  const { id } = store.get(SERVERS, param(call));
  store.change(SERVERS, id, { task_state: "deleting" });
  store.afterPolls(SERVERS, id, 1, () => removeServer(store, id));
  return {};
}
