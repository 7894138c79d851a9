import type { Route } from "../call";
import { listing } from "../listing";
import { NETWORK_FILTERS, NETWORKS, networkView } from "../network/networks";
import { PORTS } from "../network/ports";
import { SUBNET_FILTERS, SUBNETS } from "../network/subnets";
import type { World } from "../world";

/** Neutron's face of VPCs and their subnets: lists and nothing else, not even a look at one by its id. */
export function neutronLists(world: World): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2.0/networks",
      answer: (call) => ({
        body: {
          networks: listing(call, world.all(NETWORKS).map(networkView(world)), {
            filters: [...NETWORK_FILTERS, "provider:network_type"],
          }),
        },
      }),
    },
    {
      method: "GET",
      path: "/v2.0/subnets",
      answer: (call) => ({ body: { subnets: listing(call, world.all(SUBNETS), { filters: SUBNET_FILTERS }) } }),
    },
    {
      method: "GET",
      path: "/v2.0/security-group-ports",
      answer: (call) => {
        const group = call.query.get("security_group_id");
        const ports = world
          .all(PORTS)
          .filter(({ security_groups }) => group === null || security_groups.includes(group));
        return { body: { security_group_ports: ports } };
      },
    },
  ];
}
