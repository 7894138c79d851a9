import type { Construct } from "constructs";
import type { Cloud, Service } from "./cloud";
import { OST016 } from "./rules";

/** Rejects a service that the cloud does not offer. */
export function requireService(at: Construct, cloud: Cloud, service: Service, alternative: string): void {
  if (!cloud.services.includes(service))
    throw OST016.violation({ at, given: `${service} on ${cloud.name}`, fix: alternative });
}
