import { parseBlock } from "../../addresses";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, text, word } from "../../api/fields";
import { refuseMoreThan } from "../../network/queries/quotas";
import type { World } from "../../store";
import { ROUTES, ROUTING_TABLES } from "../models";
import { add, isOwn, refuseProvided, refuseUnfit, routeView } from "../queries/routes";

const PER_TABLE = 10;

/** Routes of NHN Cloud. */
export function routes(world: World): readonly Route[] {
  return collection(world, {
    kind: ROUTES,
    path: "/v2.0/routes",
    one: "route",
    many: "routes",
    filters: ["id", "cidr", "mask", "gateway", "routingtable_id", "gateway_id"],
    view: routeView,
    create: (call) => {
      const { routingtable_id, cidr, gateway, description } = read(call, {
        wrapper: "route",
        required: { routingtable_id: word, cidr: word, gateway: word, description: text },
        optional: { tenant_id: word },
      });
      const table = world.get(ROUTING_TABLES, routingtable_id);
      const others = world.all(ROUTES).filter((route) => route.routingtable_id === routingtable_id);
      if (others.some((route) => route.cidr === cidr))
        throw conflict("RouteExists", `table ${routingtable_id} has a route for ${cidr} already`);
      refuseMoreThan(PER_TABLE, others.filter(isOwn).length, "Route");
      refuseUnfit(world, table.vpc_id, { cidr, gateway, description });
      return add(world, { routingtable_id, cidr, gateway, description, gateway_id: null });
    },
    update: (call, route) => {
      refuseProvided(route);
      const given = read(call, { wrapper: "route", optional: { cidr: word, gateway: word, description: text } });
      const after = { ...route, ...given };
      refuseUnfit(world, world.get(ROUTING_TABLES, route.routingtable_id).vpc_id, after);
      return world.change(ROUTES, route.id, { ...given, mask: parseBlock(after.cidr).prefix });
    },
    remove: (route) => {
      refuseProvided(route);
      world.remove(ROUTES, route.id);
    },
  });
}
