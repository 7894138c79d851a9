import type { JsonObject } from "../../../http/json";
import { param, type Route } from "../../api/call";
import { listing } from "../../api/listing";
import type { Store } from "../../store";
import { type Flavor, FLAVORS } from "../models";

/** Flavors, read-only. */
export function flavors(store: Store): readonly Route[] {
  const family = ({ name }: Flavor): JsonObject => ({ flavor_type: name.split(".")[0] });
  const view = (flavor: Flavor): JsonObject => ({
    ...flavor,
    swap: "",
    rxtx_factor: 1,
    links: [],
    extra_specs: family(flavor),
    "OS-FLV-DISABLED:disabled": false,
    "OS-FLV-EXT-DATA:ephemeral": 0,
    "os-flavor-access:is_public": true,
  });
  const filters = { filters: [], ignored: ["is_public", "minDisk", "minRam"] };
  return [
    {
      method: "GET",
      path: "/flavors",
      handle: (call) => ({
        body: {
          flavors: listing(
            call,
            store.all(FLAVORS).map(({ id, name }) => ({ id, name, links: [] })),
            filters,
          ),
        },
      }),
    },
    {
      method: "GET",
      path: "/flavors/detail",
      handle: (call) => ({ body: { flavors: listing(call, store.all(FLAVORS).map(view), filters) } }),
    },
    {
      method: "GET",
      path: "/flavors/:id",
      handle: (call) => ({ body: { flavor: view(store.get(FLAVORS, param(call))) } }),
    },
    {
      method: "GET",
      path: "/flavors/:id/os-extra_specs",
      handle: (call) => ({ body: { extra_specs: family(store.get(FLAVORS, param(call))) } }),
    },
  ];
}
