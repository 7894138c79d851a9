import type { Cidr } from "@groundwork/constructs/core/cidr";
import type { Location } from "@groundwork/constructs/core/violation";
import type { KPaasNode } from "@groundwork/constructs/kpaas/plan/node";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import type { PlatformSettings } from "../environments/decoders/platform";

/** Room for more machines of each kind, so that none that exists moves. */
const ROOMS = {
  bastion: { first: 8, hosts: 1 },
  "ingress-balancer": { first: 9, hosts: 1 },
  "control-plane": { first: 10, hosts: 9 },
  nfs: { first: 19, hosts: 1 },
  worker: { first: 20, hosts: 100 },
};

/** A platform's machines by what they are there for, before they exist. */
export interface PlatformMachines {
  /** From the first of these everything is installed. */
  readonly first: KPaasNode;
  readonly controlPlanes: readonly KPaasNode[];
  readonly workers: readonly KPaasNode[];
  readonly nfs: KPaasNode;
}

/** Where a subnet has room for which machine. */
export function hostsOf(subnet: Cidr, at: Location): HostPlan {
  return new HostPlan({ subnet, rooms: ROOMS, at });
}

/** Names and addresses of a platform's machines, by their numbers. */
export function platformMachines(prefix: string, settings: PlatformSettings, hosts: HostPlan): PlatformMachines {
  const { flavor, controlPlane, workers } = settings;
  const image = settings.image.toString();
  const machine = (noun: string, kind: keyof typeof ROOMS, number: number): KPaasNode => {
    return { name: `${prefix}-${noun}${number}`, fixedAddress: hosts.address(kind, number), flavor, image };
  };
  const controlPlanes = controlPlane.type === "single" ? 1 : controlPlane.nodes;
  return {
    first: machine("cluster", "control-plane", 1),
    controlPlanes: numbers(controlPlanes).map((number) => machine("cluster", "control-plane", number)),
    workers: numbers(workers).map((number) => machine("worker", "worker", number)),
    nfs: machine("nfs", "nfs", 1),
  };
}

/** From one on. */
function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
