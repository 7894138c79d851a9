import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import type { Construct } from "constructs";
import type { PlatformSettings } from "../environments/decoders/platform";
import type { Edge, EdgeProps } from "./edge";
import { hostsOf } from "./machines";

type Single = Extract<PlatformSettings["controlPlane"], { readonly type: "single" }>;

/** One address of the internet for all: in front of the first control plane's second interface, which is the bastion's, too. */
export function singleEdge(scope: Construct, { clients }: Single, props: EdgeProps): Edge {
  const { ground, machines, serviceAddresses } = props;
  const { external, publicSubnet, bastion } = ground;
  const floatingIp = new FloatingIp(scope, "FloatingIp", { external, description: "K-PaaS and its bastion" });
  const address = floatingIp.floatingIpAddress;
  return {
    controlPlane: ControlPlane.single(machines.first, { publicAddress: address }),
    exposure: Exposure.extraNic({
      serviceAddresses,
      address: hostsOf(publicSubnet.cidr, scope).address("control-plane", 1),
      floatingAddress: address,
      subnet: publicSubnet.cidr,
    }),
    bastionAddress: address,
    clients,
    ingress: { floatingIp, subnet: publicSubnet, securityGroups: [bastion] },
    balance: () => [],
  };
}
