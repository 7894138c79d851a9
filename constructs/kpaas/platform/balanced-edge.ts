import type { Construct } from "constructs";
import { Peer } from "../../core/peer";
import { LoadBalancer } from "../../openstack/load-balancing/load-balancer";
import { FloatingIp } from "../../openstack/network/floating-ip";
import { ApiBalancer } from "../plan/api-balancer";
import type { ClusterPlan } from "../plan/cluster-plan";
import { ControlPlane } from "../plan/control-plane";
import { Etcd } from "../plan/etcd";
import { Exposure } from "../plan/exposure";
import type { EdgeProps, NetworkEdge } from "./network-edge";
import { platformHosts } from "./platform-machines";

/** A platform with several control plane nodes. */
export interface HighlyAvailablePlatformProps {
  /** Number of control plane nodes: three or five. */
  readonly nodes: number;
  /** Address of the API's load balancer, in the private subnet. */
  readonly apiAddress: string;
  /** Name of the flavor of the bastion host. */
  readonly bastionFlavor: string;
}

/** Several control plane nodes without public addresses: an internal load balancer for the API, a public one for the ingress. */
export function balancedEdge(
  scope: Construct,
  { apiAddress, bastionFlavor }: HighlyAvailablePlatformProps,
  { network, machines, serviceAddresses, createBastion }: EdgeProps,
): NetworkEdge {
  const { floatingAddress: bastionAddress } = createBastion(bastionFlavor);
  const { external, publicSubnet, privateSubnet } = network;
  const floatingIp = new FloatingIp(scope, "IngressAddress", { external, description: "visitors of K-PaaS" });
  const api = new LoadBalancer(scope, "ApiBalancer", { subnet: privateSubnet, fixedAddress: apiAddress });
  const ingress = new LoadBalancer(scope, "IngressBalancer", {
    subnet: publicSubnet,
    floatingIp,
    fixedAddress: platformHosts(publicSubnet.cidr, scope).address("ingress-balancer", 1),
  });
  return {
    controlPlane: ControlPlane.highlyAvailable({
      nodes: machines.controlPlanes,
      etcd: Etcd.stacked(),
      loadBalancer: ApiBalancer.at(apiAddress),
    }),
    exposure: Exposure.loadBalancer({ serviceAddresses, address: floatingIp.floatingIpAddress }),
    bastionAddress,
    // The public load balancer is in this subnet and connects to the nodes from there.
    clients: [Peer.ipv4(publicSubnet.cidr)],
    addListeners: ({ listeners }: ClusterPlan) => {
      for (const { name, ...listener } of listeners)
        if (name === "api") api.addListener(name, listener);
        else ingress.addListener(name, { ...listener, targetSubnet: privateSubnet });
      return [...api.ready, ...ingress.ready];
    },
  };
}
