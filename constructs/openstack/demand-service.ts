import type { Construct } from "constructs";
import type { Cloud, Service } from "./cloud";
import { OST016 } from "./rules";

/** Refuses what a cloud does not have. */
export function demandService(at: Construct, cloud: Cloud, service: Service, instead: string): void {
  if (!cloud.services.includes(service))
    throw OST016.violation({ at, given: `${service} on ${cloud.name}`, fix: instead });
}
