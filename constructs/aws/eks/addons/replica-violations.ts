import type { Location, Violation } from "../../../core/violation";
import { ADD012 } from "./rules";

/** Violations of rule ADD012: a number of replicas that Kubernetes rejects. */
export function replicaViolations(at: Location, replicas = 1): Violation[] {
  if (Number.isInteger(replicas) && replicas >= 0 && replicas <= 1000) return [];
  return [
    ADD012.violation({ at, given: `replicas ${replicas}`, fix: "use a whole number from 0 to 1000, for example 2" }),
  ];
}
