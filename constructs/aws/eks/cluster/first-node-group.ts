import type { Construct } from "constructs";
import type { CoreDnsConfiguration } from "../addons/managed/core-addon-configuration";
import type { NodeGroupProps } from "../nodes/node-group";
import type { Taint } from "../nodes/taint";
import { EKS021 } from "../rules";

/** Taints that the pods of CoreDNS tolerate without configuration. Source: the Deployment of the EKS add-on. */
const TOLERATED = ["CriticalAddonsOnly", "node-role.kubernetes.io/control-plane"];

/** Rejects a first node group that has no node for CoreDNS, which EKS installs with it: no node at all, or only tainted ones. */
export function checkFirstNodeGroup(
  at: Construct,
  id: string,
  { scaling, taints = [] }: Pick<NodeGroupProps, "scaling" | "taints">,
  coredns: CoreDnsConfiguration = {},
): void {
  const blocking = taints.find((taint) => !isTolerated(taint, coredns));
  if (scaling.desired > 0 && blocking === undefined) return;
  throw EKS021.violation({
    at,
    given: `the first node group "${id}" ${blocking === undefined ? "without a node" : `with taint ${blocking.toString()}`}`,
    fix: "first add a group with at least one node and without taints, or set tolerations of coredns in addonConfiguration",
  });
}

function isTolerated(taint: Taint, { tolerations = [] }: CoreDnsConfiguration): boolean {
  if (taint.isPreference || TOLERATED.includes(taint.key)) return true;
  return tolerations.some(
    ({ key, value, effect }) =>
      (key === undefined || key === taint.key) &&
      (value === undefined || value === (taint.value ?? "")) &&
      (effect === undefined || effect === taint.kubernetesEffect),
  );
}
