import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read } from "../../api/fields";
import { NETWORKS } from "../../network/models";
import { rejectBeyondQuota } from "../../network/queries/quotas";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { INTERNET_GATEWAYS, type InternetGateway, ROUTING_TABLES } from "../models";
import { detachGateway } from "../queries/table-gateways";

/** Internet gateways. They cannot be updated. */
export function internetGateways(store: Store): readonly Route[] {
  const tableOf = ({ id }: InternetGateway) => store.all(ROUTING_TABLES).find(({ gateway_id }) => gateway_id === id);
  const view = (gateway: InternetGateway): JsonObject => {
    const table = tableOf(gateway);
    return table === undefined
      ? { ...gateway, state: "unavailable" }
      : { ...gateway, state: "available", routingtable_id: table.id };
  };
  return collection(store, {
    kind: INTERNET_GATEWAYS,
    path: "/v2.0/internetgateways",
    singular: "internetgateway",
    plural: "internetgateways",
    filters: ["id", "name", "tenant_id", "external_network_id", "routingtable_id"],
    view,
    create: (call) => {
      const { name, external_network_id } = read(call, {
        wrapper: "internetgateway",
        required: { name: nonEmptyText, external_network_id: nonEmptyText },
        optional: { tenant_id: nonEmptyText },
      });
      if (!store.get(NETWORKS, external_network_id)["router:external"])
        throw badRequest(`network ${external_network_id} is not the internet`);
      rejectBeyondQuota(store, INTERNET_GATEWAYS);
      const row = {
        ...OWNER,
        id: store.newId(),
        name,
        external_network_id,
        create_time: nhnTimestamp(),
        migrate_status: "none",
        migrate_error: null,
      };
      return store.add(INTERNET_GATEWAYS, row);
    },
    remove: (gateway) => {
      const table = tableOf(gateway);
      if (table !== undefined) detachGateway(store, table);
      store.remove(INTERNET_GATEWAYS, gateway.id);
    },
  });
}
