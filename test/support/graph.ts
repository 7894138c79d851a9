import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import type { TerraformStack } from "cdktf";
import { synthesized } from "./fixture";

/**
 * Terraform's dependency graph of a stack.
 *
 * @example graphOf(stack).needs("aws_eks_node_group", "aws_route")
 */
export function graphOf(stack: TerraformStack): ResourceGraph {
  return new ResourceGraph(synthesized(stack));
}
