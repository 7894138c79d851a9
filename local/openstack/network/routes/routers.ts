import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, list, object, orNull, read, text, word } from "../../api/fields";
import type { World } from "../../store";
import { FLOATING_IPS, type Router, ROUTERS } from "../models";
import { portsOf } from "../queries/lookup";
import { refuseBeyond } from "../queries/quotas";
import { opened, refuseUnreachable } from "../queries/routers";
import { now } from "../timestamps";

const GATEWAY = orNull(
  object(
    { network_id: word },
    { enable_snat: flag, external_fixed_ips: list(object({}, { subnet_id: word, ip_address: word })) },
  ),
);

const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  distributed: flag,
  external_gateway_info: GATEWAY,
};

/** Routers of a standard OpenStack. */
export function routers(world: World): readonly Route[] {
  return collection(world, {
    kind: ROUTERS,
    path: "/v2.0/routers",
    one: "router",
    many: "routers",
    filters: [
      "id",
      "name",
      "status",
      "admin_state_up",
      "distributed",
      "tenant_id",
      "project_id",
      "description",
      "tags",
    ],
    create: (call) => {
      const { external_gateway_info: gateway, ...given } = read(call, {
        wrapper: "router",
        optional: { ...CHANGEABLE, tenant_id: word, project_id: word, availability_zone_hints: list(text) },
      });
      refuseBeyond(world, ROUTERS);
      return world.add(ROUTERS, {
        ...OWNER,
        id: world.newId(),
        name: "",
        description: "",
        status: "ACTIVE",
        admin_state_up: true,
        distributed: false,
        ha: false,
        routes: [],
        availability_zone_hints: [],
        tags: [],
        created_at: now(),
        updated_at: now(),
        ...given,
        external_gateway_info: opened(world, gateway ?? null),
      });
    },
    update: (call, router) => update(world, call, router),
    remove: ({ id }) => {
      if (portsOf(world, { device_id: id }).length > 0) throw conflict("RouterInUse", `Router ${id} still has ports`);
      world.remove(ROUTERS, id);
    },
  });
}

function update(world: World, call: Call, router: Router): Router {
  const {
    external_gateway_info: gateway,
    routes,
    ...given
  } = read(call, {
    wrapper: "router",
    optional: { ...CHANGEABLE, routes: list(object({ destination: word, nexthop: word }, {})) },
  });
  if (gateway === null && world.all(FLOATING_IPS).some(({ router_id }) => router_id === router.id))
    throw conflict(
      "RouterExternalGatewayInUseByFloatingIp",
      `Gateway cannot be updated for router ${router.id}, since it is required by floating IPs.`,
    );
  for (const route of routes ?? []) refuseUnreachable(world, router, route);
  return world.change(ROUTERS, router.id, {
    ...given,
    ...(routes === undefined ? {} : { routes }),
    ...(gateway === undefined ? {} : { external_gateway_info: opened(world, gateway, router.external_gateway_info) }),
  });
}
