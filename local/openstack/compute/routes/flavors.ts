import type { JsonObject } from "../../../http/json";
import { param, type Route } from "../../api/call";
import { listing } from "../../api/listing";
import type { World } from "../../store";
import { type Flavor, FLAVORS } from "../models";

/** Look-ups of sizes. Nobody makes any here. */
export function flavors(world: World): readonly Route[] {
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
      answer: (call) => ({
        body: {
          flavors: listing(
            call,
            world.all(FLAVORS).map(({ id, name }) => ({ id, name, links: [] })),
            filters,
          ),
        },
      }),
    },
    {
      method: "GET",
      path: "/flavors/detail",
      answer: (call) => ({ body: { flavors: listing(call, world.all(FLAVORS).map(view), filters) } }),
    },
    {
      method: "GET",
      path: "/flavors/:id",
      answer: (call) => ({ body: { flavor: view(world.get(FLAVORS, param(call))) } }),
    },
    {
      method: "GET",
      path: "/flavors/:id/os-extra_specs",
      answer: (call) => ({ body: { extra_specs: family(world.get(FLAVORS, param(call))) } }),
    },
  ];
}
