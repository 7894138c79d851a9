import { conflict, Refusal } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anything, flag, list, read, text, whole, word } from "../../api/fields";
import type { World } from "../../store";
import { NETWORKS } from "../models";
import { ownNetwork, portsOf, subnetsOf } from "../queries/lookup";
import { addNetwork, networkView } from "../queries/networks";
import { refuseBeyond } from "../queries/quotas";
import { removeSubnet } from "../queries/subnets";

/** What a list of networks can be narrowed by. */
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

const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  port_security_enabled: flag,
  mtu: whole,
  dns_domain: text,
};

/** Networks of a standard OpenStack. */
export function networks(world: World): readonly Route[] {
  return collection(world, {
    kind: NETWORKS,
    path: "/v2.0/networks",
    one: "network",
    many: "networks",
    filters: NETWORK_FILTERS,
    view: networkView(world),
    create: (call) => {
      const given = read(call, {
        wrapper: "network",
        optional: {
          ...CHANGEABLE,
          tenant_id: word,
          project_id: word,
          availability_zone_hints: list(text),
          shared: anything,
        },
      });
      if (given.shared === true) throw new Refusal(403, "PolicyNotAuthorized", "only an administrator shares networks");
      refuseBeyond(world, NETWORKS);
      return addNetwork(world, { name: "", ...given, shared: false });
    },
    update: (call, { id }) => world.change(NETWORKS, id, read(call, { wrapper: "network", optional: CHANGEABLE })),
    remove: ({ id }) => {
      ownNetwork(world, id);
      if (portsOf(world, { network_id: id }).length > 0)
        throw conflict(
          "NetworkInUse",
          `Unable to complete operation on network ${id}. There are one or more ports still in use on the network.`,
        );
      for (const subnet of subnetsOf(world, id)) removeSubnet(world, subnet.id);
      world.remove(NETWORKS, id);
    },
  });
}
