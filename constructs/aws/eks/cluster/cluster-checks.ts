import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ADD001 } from "../addons/rules";
import type { EksClusterProps } from "./eks-cluster";
import { EKS005, EKS013 } from "../rules";
import { controlPlaneSubnets } from "./control-plane-zones";
import { Support } from "./support";

/** Rejects settings that EKS would reject only after the network has been created, and warns of extra cost. */
export function checkCluster(at: Construct, props: EksClusterProps): void {
  const { version, today, support = Support.extended() } = props;
  const phase = version.checkSupport(at, today);
  if (phase === "extended" && support.supportType === "STANDARD")
    throw EKS013.violation({
      at,
      given: `Kubernetes ${version.minor}, in extended support, with standard support only`,
      fix: "use Support.extended(), or choose a newer version",
    });
  const zones = new Set(controlPlaneSubnets(at, props).map((subnet) => subnet.zone));
  if (zones.size < 2)
    throw EKS005.violation({
      at,
      given: `subnets in ${zones.size === 1 ? `zone ${[...zones].join()}` : "no zone"}`,
      fix: "spread the network over at least two zones",
    });
}

/** Violations for Kubernetes and Helm resources in the stack that creates their cluster; evaluated when the stack is complete. */
export function resourcesBeforeCluster(cluster: Construct): string[] {
  const stack = TerraformStack.of(cluster);
  const inside = stack.node
    .findAll()
    .filter(
      (child) =>
        TerraformResource.isTerraformResource(child) && /^(kubernetes|helm)_/.test(child.terraformResourceType),
    )
    .map(({ node }) => node.path);
  if (inside.length === 0) return [];
  const given = `${inside.join(", ")} in stack "${stack.node.id}", which creates the cluster`;
  return [
    ADD001.violation({ at: cluster, given, fix: "define it in a later stack, with EksCluster.fromName()" }).message,
  ];
}
