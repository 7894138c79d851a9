import type { Cidr } from "../../core/cidr";
import type { Location } from "../../core/violation";
import { HostPlan } from "../../openstack/network/host-plan";
import type { KPaasNode } from "../plan/node";

/** Offsets within a subnet, by kind, with capacity for more machines of each kind, so that no existing address changes. */
const RANGES = {
  bastion: { first: 8, hosts: 1 },
  "ingress-balancer": { first: 9, hosts: 1 },
  "control-plane": { first: 10, hosts: 9 },
  nfs: { first: 19, hosts: 1 },
  worker: { first: 20, hosts: 100 },
};

/** The machines of a platform, by role, before they are created. */
export interface PlatformMachines {
  /** The install host. */
  readonly first: KPaasNode;
  readonly controlPlanes: readonly KPaasNode[];
  readonly workers: readonly KPaasNode[];
  readonly nfs: KPaasNode;
}

export interface PlatformMachinesProps {
  /** Prefix of the names. */
  readonly prefix: string;
  readonly hosts: HostPlan;
  /** Name of the flavor. */
  readonly flavor: string;
  /** Name of the image. */
  readonly image: string;
  /** Number of control plane nodes. */
  readonly controlPlanes: number;
  /** Number of workers. */
  readonly workers: number;
}

/** The host plan of a subnet of a platform. */
export function platformHosts(subnet: Cidr, at: Location): HostPlan {
  return new HostPlan({ subnet, ranges: RANGES, at });
}

/** Names and addresses of the machines of a platform, derived from their numbers. */
export function platformMachines(props: PlatformMachinesProps): PlatformMachines {
  const { prefix, hosts, flavor, image } = props;
  const machine = (noun: string, kind: keyof typeof RANGES, number: number): KPaasNode => {
    return { name: `${prefix}-${noun}${number}`, fixedAddress: hosts.address(kind, number), flavor, image };
  };
  return {
    first: machine("cluster", "control-plane", 1),
    controlPlanes: numbersTo(props.controlPlanes).map((number) => machine("cluster", "control-plane", number)),
    workers: numbersTo(props.workers).map((number) => machine("worker", "worker", number)),
    nfs: machine("nfs", "nfs", 1),
  };
}

function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
