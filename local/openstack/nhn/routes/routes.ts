import { parseBlock } from "../../addresses";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read, text } from "../../api/fields";
import { rejectMoreThan } from "../../network/queries/quotas";
import type { Store } from "../../store";
import { ROUTES, ROUTING_TABLES } from "../models";
import { addRoute, isClientRoute, rejectInvalidRoute, rejectProvided, routeView } from "../queries/routes";

const PER_TABLE = 10;

/** Routes of NHN Cloud's routing tables. */
export function routes(store: Store): readonly Route[] {
  return collection(store, {
    kind: ROUTES,
    path: "/v2.0/routes",
    singular: "route",
    plural: "routes",
    filters: ["id", "cidr", "mask", "gateway", "routingtable_id", "gateway_id"],
    view: routeView,
    create: (call) => {
      const { routingtable_id, cidr, gateway, description } = read(call, {
        wrapper: "route",
        required: { routingtable_id: nonEmptyText, cidr: nonEmptyText, gateway: nonEmptyText, description: text },
        optional: { tenant_id: nonEmptyText },
      });
      const table = store.get(ROUTING_TABLES, routingtable_id);
      const others = store.all(ROUTES).filter((route) => route.routingtable_id === routingtable_id);
      if (others.some((route) => route.cidr === cidr))
        throw conflict("RouteExists", `table ${routingtable_id} has a route for ${cidr} already`);
      rejectMoreThan(PER_TABLE, others.filter(isClientRoute).length, "Route");
      rejectInvalidRoute(store, table.vpc_id, { cidr, gateway, description });
      return addRoute(store, { routingtable_id, cidr, gateway, description, gateway_id: null });
    },
    update: (call, route) => {
      rejectProvided(route);
      const given = read(call, {
        wrapper: "route",
        optional: { cidr: nonEmptyText, gateway: nonEmptyText, description: text },
      });
      const after = { ...route, ...given };
      rejectInvalidRoute(store, store.get(ROUTING_TABLES, route.routingtable_id).vpc_id, after);
      return store.change(ROUTES, route.id, { ...given, mask: parseBlock(after.cidr).prefix });
    },
    remove: (route) => {
      rejectProvided(route);
      store.remove(ROUTES, route.id);
    },
  });
}
