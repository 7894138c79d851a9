import type { Construct } from "constructs";
import type { EksClusterProps } from "./eks-cluster";
import { EKS005, EKS013 } from "./rules";
import { Support } from "./support";

/** Refuses what EKS would refuse after the network stands, and warns of what costs. */
export function checkCluster(at: Construct, props: EksClusterProps): void {
  const { version, today, network, tier = "private", support = Support.extended() } = props;
  const phase = version.checkSupport(at, today);
  if (phase === "extended" && support.supportType === "STANDARD")
    throw EKS013.violation({
      at,
      given: `Kubernetes ${version.minor}, in extended support, with standard support only`,
      fix: "say Support.extended(), or choose a newer version",
    });
  const zones = new Set(network.subnetsOf(tier).map((subnet) => subnet.zone));
  if (zones.size < 2)
    throw EKS005.violation({
      at,
      given: `subnets in ${zones.size === 1 ? `zone ${[...zones].join()}` : "no zone"}`,
      fix: "spread the network over two zones at least",
    });
}
