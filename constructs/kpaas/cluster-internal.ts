import { Cidr } from "../core/cidr";
import type { Place, Violation } from "../core/violation";
import { KPS014 } from "./rules";

/** Services (10.233.0.0/18) and pods (10.233.64.0/18). Written into the installer. */
export const CLUSTER_INTERNAL = Cidr.parse("10.233.0.0/17");

/** What is wrong with a block that meets them. */
export function internalViolations(cidr: Cidr, words: string, at?: Place): readonly Violation[] {
  if (!cidr.overlaps(CLUSTER_INTERNAL)) return [];
  const given = `${words} meets ${CLUSTER_INTERNAL.toString()}`;
  return [KPS014.violation({ at, given, fix: "take it from another block" })];
}
