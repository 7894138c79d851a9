import type { Route } from "../../api/call";
import { listing } from "../../api/listing";
import { NETWORKS, PORTS, SUBNETS } from "../../network/models";
import { networkView } from "../../network/queries/networks";
import { NETWORK_FILTERS } from "../../network/routes/networks";
import { SUBNET_FILTERS } from "../../network/routes/subnets";
import type { Store } from "../../store";

/** VPCs, subnets and ports in Neutron's API: NHN Cloud offers the lists only, no reading by id. */
export function neutronLists(store: Store): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2.0/networks",
      handle: (call) => ({
        body: {
          networks: listing(call, store.all(NETWORKS).map(networkView(store)), {
            filters: [...NETWORK_FILTERS, "provider:network_type"],
          }),
        },
      }),
    },
    {
      method: "GET",
      path: "/v2.0/subnets",
      handle: (call) => ({ body: { subnets: listing(call, store.all(SUBNETS), { filters: SUBNET_FILTERS }) } }),
    },
    {
      method: "GET",
      path: "/v2.0/security-group-ports",
      handle: (call) => {
        const group = call.query.get("security_group_id");
        const ports = store
          .all(PORTS)
          .filter(({ security_groups }) => group === null || security_groups.includes(group));
        return { body: { security_group_ports: ports } };
      },
    },
  ];
}
