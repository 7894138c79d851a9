import type { Route } from "../../api/call";
import type { Store } from "../../store";
import { FLAVORS, SERVER_GROUPS, SERVERS } from "../models";

/** Defaults that the emulator does not enforce. Source: Nova, configuration reference, `[quota]`. */
const DEFAULTS = { maxTotalKeypairs: 100, maxServerGroups: 10 } as const;

/** Limits of the project and their use, read-only. Source: Nova, API reference, limits. */
export function limits(store: Store): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/limits",
      handle: () => {
        const used = store.all(SERVERS).map(({ flavor_id: id }) => store.get(FLAVORS, id));
        const absolute = {
          maxTotalInstances: store.quota.instances,
          totalInstancesUsed: used.length,
          maxTotalCores: store.quota.cores,
          totalCoresUsed: used.reduce((sum, { vcpus }) => sum + vcpus, 0),
          maxTotalRAMSize: store.quota.ram,
          totalRAMUsed: used.reduce((sum, { ram }) => sum + ram, 0),
          ...DEFAULTS,
          totalServerGroupsUsed: store.all(SERVER_GROUPS).length,
        };
        return { body: { limits: { rate: [], absolute } } };
      },
    },
  ];
}
