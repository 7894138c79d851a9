import type { Route } from "../../api/call";

/** The parts of a region that fail apart from each other. */
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
