import { Cidr } from "../../../core/cidr";
import type { Location, Violation } from "../../../core/violation";
import { KPS014 } from "../../rules";

/** Services (10.233.0.0/18) and pods (10.233.64.0/18); hard-coded in the installer. */
export const CLUSTER_INTERNAL = Cidr.parse("10.233.0.0/17");

/** Violations of a block that overlaps the addresses of services and pods. */
export function internalViolations(cidr: Cidr, subject: string, at?: Location): readonly Violation[] {
  if (!cidr.overlaps(CLUSTER_INTERNAL)) return [];
  const given = `${subject} overlaps ${CLUSTER_INTERNAL.toString()}`;
  return [KPS014.violation({ at, given, fix: "use another block" })];
}
