import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { read, word } from "../fields";
import { badRequest } from "../refusal";
import { NETWORKS } from "../network/networks";
import { refuseBeyond } from "../network/quotas";
import { spacedNow } from "../network/times";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { ROUTING_TABLES } from "./routing-tables";
import { detachGateway } from "./table-gateways";

/** A way to the internet, once a table points at it. */
export interface InternetGateway extends Row {
  readonly name: string;
  readonly external_network_id: string;
}

export const INTERNET_GATEWAYS = new Kind<InternetGateway>("Internet gateway");

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
