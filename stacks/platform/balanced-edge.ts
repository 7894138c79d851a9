import { Peer } from "@groundwork/constructs/core/peer";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import type { ClusterPlan } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import type { Construct } from "constructs";
import type { PlatformSettings } from "../environments/decoders/platform";
import type { Edge, EdgeProps } from "./edge";
import { hostsOf } from "./machines";

type Available = Extract<PlatformSettings["controlPlane"], { readonly type: "highly-available" }>;

/** Several control planes that nobody outside reaches: a balancer for the API inside, one for visitors outside, and a bastion. */
export function balancedEdge(
  scope: Construct,
  { apiAddress }: Available,
  bastionAddress: string,
  { ground, machines, serviceAddresses }: EdgeProps,
): Edge {
  const { external, publicSubnet, privateSubnet } = ground;
  const floatingIp = new FloatingIp(scope, "IngressAddress", { external, description: "visitors of K-PaaS" });
  const api = new LoadBalancer(scope, "ApiBalancer", { subnet: privateSubnet, fixedAddress: apiAddress });
  const ingress = new LoadBalancer(scope, "IngressBalancer", {
    ...{ subnet: publicSubnet, floatingIp },
    fixedAddress: hostsOf(publicSubnet.cidr, scope).address("ingress-balancer", 1),
  });
  return {
    controlPlane: ControlPlane.highlyAvailable({
      nodes: machines.controlPlanes,
      etcd: Etcd.stacked(),
      loadBalancer: ApiBalancer.at(apiAddress),
    }),
    exposure: Exposure.loadBalancer({ serviceAddresses, address: floatingIp.floatingIpAddress }),
    bastionAddress,
    // The balancer of the visitors stands there, and comes to the nodes in their name.
    clients: [Peer.ipv4(publicSubnet.cidr)],
    balance: ({ listeners }: ClusterPlan) => {
      for (const { name, ...listener } of listeners)
        if (name === "api") api.addListener(name, listener);
        else ingress.addListener(name, { ...listener, targetSubnet: privateSubnet });
      return [...api.ready, ...ingress.ready];
    },
  };
}
