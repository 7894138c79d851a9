import { defined } from "@groundwork/constructs/core";
import { OWNER } from "../../account";
import { ApiError, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, list, nonEmptyText, nullable, object, read, shortText, text } from "../../api/fields";
import type { Store } from "../../store";
import { FLOATING_IPS, type Router, ROUTERS } from "../models";
import { portsOf } from "../queries/lookup";
import { rejectBeyondQuota } from "../queries/quotas";
import { externalGateway, rejectUnreachable } from "../queries/routers";
import { now } from "../timestamps";

const GATEWAY = nullable(
  object(
    { network_id: nonEmptyText },
    { enable_snat: flag, external_fixed_ips: list(object({}, { subnet_id: nonEmptyText, ip_address: nonEmptyText })) },
  ),
);

const CHANGEABLE = {
  name: shortText,
  description: shortText,
  admin_state_up: flag,
  distributed: flag,
  external_gateway_info: GATEWAY,
};

/** Routers of a standard OpenStack. */
export function routers(store: Store): readonly Route[] {
  return collection(store, {
    kind: ROUTERS,
    path: "/v2.0/routers",
    singular: "router",
    plural: "routers",
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
    create: (call) => create(store, call),
    update: (call, router) => update(store, call, router),
    remove: ({ id }) => {
      if (portsOf(store, { device_id: id }).length > 0) throw conflict("RouterInUse", `Router ${id} still has ports`);
      store.remove(ROUTERS, id);
    },
  });
}

function create(store: Store, call: Call): Router {
  const { external_gateway_info: gateway, ...given } = read(call, {
    wrapper: "router",
    optional: {
      ...CHANGEABLE,
      tenant_id: nonEmptyText,
      project_id: nonEmptyText,
      availability_zone_hints: list(text),
    },
  });
  rejectOperatorFields(given, gateway);
  rejectBeyondQuota(store, ROUTERS);
  return store.add(ROUTERS, {
    ...OWNER,
    id: store.newId(),
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
    external_gateway_info: externalGateway(store, gateway ?? null),
  });
}

function update(store: Store, call: Call, router: Router): Router {
  const {
    external_gateway_info: gateway,
    routes,
    ...given
  } = read(call, {
    wrapper: "router",
    optional: { ...CHANGEABLE, routes: list(object({ destination: nonEmptyText, nexthop: nonEmptyText }, {})) },
  });
  rejectOperatorFields(given, gateway);
  if (gateway === null && store.all(FLOATING_IPS).some(({ router_id }) => router_id === router.id))
    throw conflict(
      "RouterExternalGatewayInUseByFloatingIp",
      `Gateway cannot be updated for router ${router.id}, since it is required by floating IPs.`,
    );
  for (const route of routes ?? []) rejectUnreachable(store, router, route);
  return store.change(ROUTERS, router.id, {
    ...given,
    ...defined({
      routes,
      external_gateway_info:
        gateway === undefined ? undefined : externalGateway(store, gateway, router.external_gateway_info),
    }),
  });
}

/** Rejects fields that only the operator can set. */
function rejectOperatorFields(
  { distributed }: { readonly distributed?: boolean },
  gateway: { readonly enable_snat?: boolean; readonly external_fixed_ips?: unknown } | null = null,
): void {
  const fields = {
    distributed,
    "external_gateway_info:enable_snat": gateway?.enable_snat,
    "external_gateway_info:external_fixed_ips": gateway?.external_fixed_ips,
  };
  for (const [field, value] of Object.entries(fields))
    if (value !== undefined)
      throw new ApiError(403, "PolicyNotAuthorized", `rule:update_router:${field} is disallowed by policy`);
}
