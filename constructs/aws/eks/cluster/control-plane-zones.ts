import type { Construct } from "constructs";
import type { ISubnet } from "../../network/subnet";
import { EKS025 } from "../rules";
import type { EksClusterProps } from "./eks-cluster";

/**
 * Zones that have no EKS control plane, by region. Source: "Amazon EKS networking requirements" in the EKS user guide, which lists
 * the zone ids use1-az3, usw1-az2 and cac1-az3. Only the first has the same letter in all accounts; for the others use `zones`.
 */
const UNSUPPORTED: ReadonlyMap<string, readonly string[]> = new Map([["us-east-1", ["e"]]]);

/** The subnets of a control plane: those of its zones, by default of all zones of its tier that support control planes. */
export function controlPlaneSubnets(
  at: Construct,
  { network, tier = "private", zones }: Pick<EksClusterProps, "network" | "tier" | "zones">,
): readonly ISubnet[] {
  const unsupported = UNSUPPORTED.get(network.zones.region.name) ?? [];
  const subnets = network.subnetsOf(tier).filter(({ zone }) => !unsupported.includes(zone));
  if (zones === undefined) return subnets;
  const available = [...new Set(subnets.map(({ zone }) => zone))];
  const invalid = zones.filter((zone, index) => !available.includes(zone) || zones.indexOf(zone) !== index);
  if (invalid.length > 0)
    throw EKS025.violation({
      at,
      given: `a control plane in zones ${zones.join(", ")}`,
      fix: `use at least two of ${available.join(", ")}, each once`,
    });
  return subnets.filter(({ zone }) => zones.includes(zone));
}
