import type { BootPart } from "../../boot/part";
import type { ClusterPlan } from "../cluster-plan";
import type { PlannedMachine } from "../node";
import { IngressInterface } from "./ingress-interface";
import { InsideAddress } from "./inside-address";

/** What makes addresses those of the plan, before anything else counts on them. */
export function addressParts(plan: ClusterPlan, { name, role }: PlannedMachine): readonly BootPart[] {
  if (role !== "control-plane" && role !== "worker") return [];
  return [...(name === plan.installHost.name ? ingressInterface(plan) : []), ...insideAddress(plan)];
}

function ingressInterface(plan: ClusterPlan): readonly BootPart[] {
  const { exposure, subnet } = plan;
  const { kind, ingressAddress: address } = exposure;
  return kind === "extra-nic" && address !== undefined
    ? [IngressInterface.of({ node: firstOf(plan), address, subnet: exposure.subnet ?? subnet.cidr })]
    : [];
}

/** Of machines' addresses only: a load balancer's is nobody's own, and reached like any other. */
function insideAddress(plan: ClusterPlan): readonly BootPart[] {
  const node = firstOf(plan);
  const { publicAddress } = plan.controlPlane;
  const { kind, ingressAddress: address = "", publicAddress: ingressPublic = "" } = plan.exposure;
  const translated = {
    ...(publicAddress === node.address ? {} : { publicAddress }),
    ...(kind !== "extra-nic" || ingressPublic === address
      ? {}
      : { ingress: { address, publicAddress: ingressPublic } }),
  };
  return Object.keys(translated).length === 0 ? [] : [InsideAddress.of({ node, ...translated })];
}

function firstOf({ installHost: { name, fixedAddress } }: ClusterPlan) {
  return { name, address: fixedAddress };
}
