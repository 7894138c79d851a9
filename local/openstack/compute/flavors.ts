import type { JsonObject } from "../../aws/gateway/answer";
import type { Route } from "../call";
import { param } from "../call";
import { listing } from "../listing";
import type { Row, World } from "../world";
import { Kind } from "../world";

/** A size of machines. */
export interface Flavor extends Row {
  readonly name: string;
  readonly vcpus: number;
  /** In MB. */
  readonly ram: number;
  /** In GB; 0 where the disk is a volume. */
  readonly disk: number;
}

export const FLAVORS = new Kind<Flavor>("Flavor");

/** A size that the cloud offers. The name says it: `m1.c2m8` has 2 vCPU and 8 GB. */
export function addFlavor(world: World, name: string, disk = 0): void {
  const [, vcpus, gibibytes] = /\.c(\d+)m(\d+)$/.exec(name) ?? [];
  const row = { id: world.newId(), name, vcpus: Number(vcpus), ram: Number(gibibytes) * 1024, disk };
  world.add(FLAVORS, row, { provided: true });
}

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
