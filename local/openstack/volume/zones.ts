import type { Route } from "../api/call";

/** Availability zones of volumes. Source: Cinder, API reference, availability zones. */
export function volumeZones(names: readonly string[]): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/os-availability-zone",
      handle: () => ({
        body: { availabilityZoneInfo: names.map((zoneName) => ({ zoneName, zoneState: { available: true } })) },
      }),
    },
  ];
}
