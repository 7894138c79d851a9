import { ApiError, badRequest, conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anyJson, flag, integer, list, nonEmptyText, read, shortText, text } from "../../api/fields";
import type { Store } from "../../store";
import { NETWORKS } from "../models";
import { ownNetwork, portsOf, subnetsOf } from "../queries/lookup";
import { addNetwork, networkView } from "../queries/networks";
import { rejectBeyondQuota } from "../queries/quotas";
import { removeSubnet } from "../queries/subnets";

/** Filters of a list of networks. */
export const NETWORK_FILTERS = [
  "id",
  "name",
  "status",
  "router:external",
  "shared",
  "tenant_id",
  "project_id",
  "admin_state_up",
  "tags",
];

const MOST_MTU = 1_450;

const CHANGEABLE = {
  name: shortText,
  description: shortText,
  admin_state_up: flag,
  port_security_enabled: flag,
  mtu: integer,
  dns_domain: text,
};

/** Networks of a standard OpenStack. */
export function networks(store: Store): readonly Route[] {
  return collection(store, {
    kind: NETWORKS,
    path: "/v2.0/networks",
    singular: "network",
    plural: "networks",
    filters: NETWORK_FILTERS,
    view: networkView(store),
    create: (call) => {
      const given = read(call, {
        wrapper: "network",
        optional: {
          ...CHANGEABLE,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
          availability_zone_hints: list(text),
          shared: anyJson,
          "router:external": anyJson,
        },
      });
      for (const field of ["shared", "router:external"] as const)
        if (given[field] === true)
          throw new ApiError(403, "PolicyNotAuthorized", `rule:create_network:${field} is disallowed by policy`);
      rejectLargeMtu(given.mtu);
      rejectBeyondQuota(store, NETWORKS);
      return addNetwork(store, { name: "", ...given, shared: false, "router:external": false });
    },
    update: (call, { id }) => {
      const given = read(call, { wrapper: "network", optional: CHANGEABLE });
      rejectLargeMtu(given.mtu);
      return store.change(NETWORKS, id, given);
    },
    remove: ({ id }) => {
      ownNetwork(store, id);
      if (portsOf(store, { network_id: id }).length > 0)
        throw conflict(
          "NetworkInUse",
          `Unable to complete operation on network ${id}. There are one or more ports still in use on the network.`,
        );
      for (const subnet of subnetsOf(store, id)) removeSubnet(store, subnet.id);
      store.remove(NETWORKS, id);
    },
  });
}

/** MTU of the physical network, 1500, less the header of a tunnel. */
function rejectLargeMtu(mtu = 0): void {
  if (mtu > MOST_MTU)
    throw badRequest(`Invalid input for operation: Requested MTU is too big, maximum is ${MOST_MTU}.`, "InvalidInput");
}
