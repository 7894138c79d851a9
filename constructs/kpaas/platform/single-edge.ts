import type { Construct } from "constructs";
import type { Peer } from "../../core/peer";
import { FloatingIp } from "../../openstack/network/floating-ip";
import { ControlPlane } from "../plan/control-plane";
import { Exposure } from "../plan/exposure";
import type { WorkloadProps } from "../workload/workload-values";
import type { EdgeProps, NetworkEdge } from "./network-edge";
import { platformHosts } from "./platform-machines";

/** A platform with one control plane node. */
export interface SinglePlatformProps {
  /** Clients of the ingress and of node ports. */
  readonly clients: readonly Peer[];
  /** Sample workload that proves that the cluster works; clients reach its node port. @default - none */
  readonly sampleWorkload?: WorkloadProps & { readonly nodePort: number };
}

/** One floating IP for API, ingress and SSH, on the second interface of the first control plane node. */
export function singleEdge(scope: Construct, { clients }: SinglePlatformProps, props: EdgeProps): NetworkEdge {
  const { network, machines, serviceAddresses } = props;
  const { external, publicSubnet, bastion } = network;
  const floatingIp = new FloatingIp(scope, "FloatingIp", { external, description: "K-PaaS and its bastion" });
  const address = floatingIp.floatingIpAddress;
  return {
    controlPlane: ControlPlane.single(machines.first, { publicAddress: address }),
    exposure: Exposure.extraNic({
      serviceAddresses,
      address: platformHosts(publicSubnet.cidr, scope).address("control-plane", 1),
      floatingAddress: address,
      subnet: publicSubnet.cidr,
    }),
    bastionAddress: address,
    clients,
    ingress: { floatingIp, subnet: publicSubnet, securityGroups: [bastion] },
    addListeners: () => [],
  };
}
