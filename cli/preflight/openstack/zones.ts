import { anyCheck, type Check } from "../check";
import type { Plan } from "../plan";
import type { OpenStackSession, Service } from "./session";

interface ZoneInfo {
  readonly zoneName: string;
  readonly zoneState: { readonly available: boolean };
}

/** A zone that resources name. */
interface ZoneNeed {
  readonly zone: string;
  readonly service: Service;
}

/** Types of resources in zones, by the service whose zones they name. */
const TYPES: Readonly<Record<string, Service>> = {
  openstack_compute_instance_v2: "compute",
  openstack_blockstorage_volume_v3: "volume",
};

/** Whether the zones of machines and volumes exist and are available. */
export const zoneCheck: Check<OpenStackSession, readonly ZoneNeed[], Readonly<Record<string, readonly ZoneInfo[]>>> = {
  name: "availability zones",
  needs: (plan) => {
    const needs = zonesOf(plan);
    return needs.length === 0 ? undefined : needs;
  },
  supply: async (cloud, needs) => {
    const services = [...new Set(needs.map(({ service }) => service))];
    const lists = services.map(
      async (service) =>
        [service, await cloud.list<ZoneInfo>(service, "/os-availability-zone", "availabilityZoneInfo")] as const,
    );
    return Object.fromEntries(await Promise.all(lists));
  },
  compare: (needs, supply) =>
    needs.flatMap(({ zone, service }) => {
      const available = (supply[service] ?? [])
        .filter(({ zoneState }) => zoneState.available)
        .map(({ zoneName }) => zoneName);
      if (available.includes(zone)) return [];
      const kind = service === "compute" ? "machines" : "volumes";
      return [
        {
          needed: `availability zone "${zone}" for ${kind}`,
          available: `the available zones are ${available.join(", ") || "none"}`,
          fix: available.length === 0 ? "ask the operator" : "choose one of them",
        },
      ];
    }),
};

export const zones = anyCheck(zoneCheck);

function zonesOf(plan: Plan): readonly ZoneNeed[] {
  const named = Object.entries(TYPES).flatMap(([type, service]) =>
    plan.created(type).flatMap((resource) => {
      // Administrators can append a host: `nova:compute1`.
      const zone = resource.text("availability_zone")?.split(":")[0];
      return zone === undefined || zone === "" ? [] : [{ zone, service }];
    }),
  );
  return [...new Map(named.map((need) => [JSON.stringify(need), need])).values()];
}
