import type { Construct } from "constructs";
import type { Violation } from "../core/violation";
import { Violations } from "../core/violation";
import type { KPaasClusterProps } from "./kpaas-cluster";
import { KPS025 } from "./rules";

/** Refuses machines elsewhere than their plan says. */
export function checkPlaces(at: Construct, props: KPaasClusterProps): void {
  const { plan, subnet } = props;
  const { cidr } = plan.subnet;
  Violations.throwIfAny([
    ...(subnet.cidr.equals(cidr)
      ? []
      : [refuse(at, `subnet ${subnet.cidr.toString()}, the plan has ${cidr.toString()}`, "give the plan's subnet")]),
    ...apiViolations(at, props),
    ...ingressViolations(at, props),
  ]);
}

function apiViolations(at: Construct, { plan, floatingIp, ingress }: KPaasClusterProps): readonly Violation[] {
  const { publicAddress, first } = plan.controlPlane;
  // Without an address of the internet the plan has that of the subnet.
  const given = (floatingIp ?? ingress?.floatingIp)?.floatingIpAddress ?? first.fixedAddress;
  if (given === publicAddress) return [];
  return [
    refuse(
      at,
      `${given === first.fixedAddress ? "no floating IP" : "a floating IP"} for the first control plane node that is not the plan's`,
      "give floatingIp the address that the plan's control plane is told",
    ),
  ];
}

function ingressViolations(at: Construct, { plan: { exposure }, ingress }: KPaasClusterProps): readonly Violation[] {
  if (exposure.kind !== "extra-nic")
    return ingress === undefined
      ? []
      : [refuse(at, `an interface for the ingress, whose exposure is a ${exposure.kind}`, "leave ingress out")];
  if (ingress?.floatingIp.floatingIpAddress === exposure.publicAddress) return [];
  return [
    refuse(
      at,
      `${ingress === undefined ? "no interface" : "another floating IP"} for the ingress`,
      "give ingress the floating IP that the plan's exposure is told",
    ),
  ];
}

function refuse(at: Construct, given: string, fix: string): Violation {
  return KPS025.violation({ at, given, fix });
}
