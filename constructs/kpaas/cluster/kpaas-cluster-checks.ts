import type { Construct } from "constructs";
import { type Violation, Violations } from "../../core/violation";
import { KPS025 } from "../rules";
import type { KPaasClusterProps } from "./kpaas-cluster";

/** Rejects a subnet or floating IPs other than those of the plan. */
export function checkNetwork(at: Construct, props: KPaasClusterProps): void {
  const { plan, subnet } = props;
  const { cidr } = plan.subnet;
  Violations.throwIfAny([
    ...(subnet.cidr.equals(cidr)
      ? []
      : [reject(at, `subnet ${subnet.cidr.toString()}, the plan has ${cidr.toString()}`, "use the plan's subnet")]),
    ...apiViolations(at, props),
    ...ingressViolations(at, props),
  ]);
}

function apiViolations(at: Construct, { plan, floatingIp, ingress }: KPaasClusterProps): readonly Violation[] {
  const { publicAddress, first } = plan.controlPlane;
  // Without a floating IP the public address of the plan is the private one.
  const given = (floatingIp ?? ingress?.floatingIp)?.floatingIpAddress ?? first.fixedAddress;
  if (given === publicAddress) return [];
  return [
    reject(
      at,
      `${given === first.fixedAddress ? "no floating IP" : "a floating IP"} for the first control plane node that is not the plan's`,
      "give floatingIp the public address of the plan's control plane",
    ),
  ];
}

function ingressViolations(at: Construct, { plan: { exposure }, ingress }: KPaasClusterProps): readonly Violation[] {
  if (exposure.kind !== "extra-nic")
    return ingress === undefined
      ? []
      : [reject(at, `an interface for the ingress with exposure ${exposure.kind}`, "remove ingress")];
  if (ingress?.floatingIp.floatingIpAddress === exposure.publicAddress) return [];
  return [
    reject(
      at,
      `${ingress === undefined ? "no interface" : "another floating IP"} for the ingress`,
      "give ingress the floating IP of the plan's exposure",
    ),
  ];
}

function reject(at: Construct, given: string, fix: string): Violation {
  return KPS025.violation({ at, given, fix });
}
