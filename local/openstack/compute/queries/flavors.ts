import type { Store } from "../../store";
import { FLAVORS } from "../models";

/** Adds a flavor. Its size is part of the name: `m1.c2m8` has 2 vCPU and 8 GB. */
export function addFlavor(store: Store, name: string, disk = 0): void {
  const [, vcpus, gibibytes] = /\.c(\d+)m(\d+)$/.exec(name) ?? [];
  const row = { id: store.newId(), name, vcpus: Number(vcpus), ram: Number(gibibytes) * 1024, disk };
  store.add(FLAVORS, row, { provided: true });
}
