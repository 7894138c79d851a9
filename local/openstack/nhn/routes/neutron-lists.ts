import type { Route } from "../../api/call";
import { listing } from "../../api/listing";
import { NETWORKS, PORTS, SUBNETS } from "../../network/models";
import { networkView } from "../../network/queries/networks";
import { NETWORK_FILTERS } from "../../network/routes/networks";
import { SUBNET_FILTERS } from "../../network/routes/subnets";
import type { World } from "../../store";

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
