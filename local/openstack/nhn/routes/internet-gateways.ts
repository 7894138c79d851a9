import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, word } from "../../api/fields";
import { NETWORKS } from "../../network/models";
import { refuseBeyond } from "../../network/queries/quotas";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { INTERNET_GATEWAYS, type InternetGateway, ROUTING_TABLES } from "../models";
import { detachGateway } from "../queries/table-gateways";

/** Internet gateways of NHN Cloud. None can be changed. */
export function internetGateways(world: World): readonly Route[] {
  const tableOf = ({ id }: InternetGateway) => world.all(ROUTING_TABLES).find(({ gateway_id }) => gateway_id === id);
  const view = (gateway: InternetGateway): JsonObject => {
    const table = tableOf(gateway);
    return table === undefined
      ? { ...gateway, state: "unavailable" }
      : { ...gateway, state: "available", routingtable_id: table.id };
  };
  return collection(world, {
    kind: INTERNET_GATEWAYS,
    path: "/v2.0/internetgateways",
    one: "internetgateway",
    many: "internetgateways",
    filters: ["id", "name", "tenant_id", "external_network_id", "routingtable_id"],
    view,
    create: (call) => {
      const { name, external_network_id } = read(call, {
        wrapper: "internetgateway",
        required: { name: word, external_network_id: word },
        optional: { tenant_id: word },
      });
      if (!world.get(NETWORKS, external_network_id)["router:external"])
        throw badRequest(`network ${external_network_id} is not the internet`);
      refuseBeyond(world, INTERNET_GATEWAYS);
      const row = {
        ...OWNER,
        id: world.newId(),
        name,
        external_network_id,
        create_time: spacedNow(),
        migrate_status: "none",
        migrate_error: null,
      };
      return world.add(INTERNET_GATEWAYS, row);
    },
    remove: (gateway) => {
      const table = tableOf(gateway);
      if (table !== undefined) detachGateway(world, table);
      world.remove(INTERNET_GATEWAYS, gateway.id);
    },
  });
}
