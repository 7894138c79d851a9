import type { BootPart } from "../../boot/parts/part";
import { defined } from "../../core/defined";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { PlannedMachine } from "../plan/node";
import { HairpinNat } from "./hairpin-nat";
import { IngressInterface } from "./ingress-interface";
import type { ClusterNode } from "./node";

/** Parts that configure the addresses of the plan on a node. They run before everything that uses these addresses. */
export function addressParts(plan: ClusterPlan, { name, role }: PlannedMachine): readonly BootPart[] {
  if (role !== "control-plane" && role !== "worker") return [];
  return [...(name === plan.installHost.name ? ingressInterface(plan) : []), ...hairpinNat(plan)];
}

function ingressInterface(plan: ClusterPlan): readonly BootPart[] {
  const { exposure, subnet } = plan;
  const { kind, ingressAddress: address } = exposure;
  return kind === "extra-nic" && address !== undefined
    ? [IngressInterface.of({ node: firstNode(plan), address, subnet: exposure.subnet ?? subnet.cidr })]
    : [];
}

/** Only for addresses of machines: the address of a load balancer belongs to no node and needs no translation. */
function hairpinNat(plan: ClusterPlan): readonly BootPart[] {
  const node = firstNode(plan);
  const { kind, ingressAddress: address = "", publicAddress: ingressPublic = "" } = plan.exposure;
  const { publicAddress: apiPublic } = plan.controlPlane;
  const publicAddress = apiPublic === node.address ? undefined : apiPublic;
  const ingress =
    kind !== "extra-nic" || ingressPublic === address ? undefined : { address, publicAddress: ingressPublic };
  if (publicAddress === undefined && ingress === undefined) return [];
  return [HairpinNat.of({ node, ...defined({ publicAddress, ingress }) })];
}

function firstNode({ installHost: { name, fixedAddress } }: ClusterPlan): ClusterNode {
  return { name, address: fixedAddress };
}
