import type { Route } from "../api/call";
import type { Store } from "../store";
import { VOLUMES } from "./models";

/** Limits of the project and their use, read-only. Source: Cinder, API reference, limits. */
export function limits(store: Store): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/limits",
      handle: () => {
        const volumes = store.all(VOLUMES);
        const absolute = {
          maxTotalVolumes: store.quota.volumes,
          totalVolumesUsed: volumes.length,
          maxTotalVolumeGigabytes: store.quota.gigabytes,
          totalGigabytesUsed: volumes.reduce((sum, { size }) => sum + size, 0),
        };
        return { body: { limits: { rate: [], absolute } } };
      },
    },
  ];
}
