import type { Route } from "../../api/call";

/** Availability zones. */
export function zones(names: readonly string[]): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/os-availability-zone",
      handle: () => ({
        body: {
          availabilityZoneInfo: names.map((zoneName) => ({ zoneName, zoneState: { available: true }, hosts: null })),
        },
      }),
    },
  ];
}
