import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ADD001 } from "../addons/rules";
import type { EksClusterProps } from "./eks-cluster";
import { EKS005, EKS013 } from "../rules";
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

/** What is in the cluster by the same apply that makes the cluster; asked when a stack is complete. */
export function resourcesBeforeCluster(cluster: Construct): string[] {
  const stack = TerraformStack.of(cluster);
  const inside = stack.node
    .findAll()
    .filter(
      (one) => TerraformResource.isTerraformResource(one) && /^(kubernetes|helm)_/.test(one.terraformResourceType),
    )
    .map(({ node }) => node.path);
  if (inside.length === 0) return [];
  const given = `${inside.join(", ")} in stack "${stack.node.id}", which makes the cluster`;
  return [
    ADD001.violation({ at: cluster, given, fix: "put it into a later stack, with EksCluster.fromName()" }).message,
  ];
}
