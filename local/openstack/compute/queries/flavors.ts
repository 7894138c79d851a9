import type { World } from "../../store";
import { FLAVORS } from "../models";

/** A size that the cloud offers. The name says it: `m1.c2m8` has 2 vCPU and 8 GB. */
export function addFlavor(world: World, name: string, disk = 0): void {
  const [, vcpus, gibibytes] = /\.c(\d+)m(\d+)$/.exec(name) ?? [];
  const row = { id: world.newId(), name, vcpus: Number(vcpus), ram: Number(gibibytes) * 1024, disk };
  world.add(FLAVORS, row, { provided: true });
}
