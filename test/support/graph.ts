import { Graph } from "@groundwork/constructs/insight/deploy-time/graph";
import type { TerraformStack } from "cdktf";
import { synthesized } from "./fixture";

/**
 * Terraform's own graph of a stack.
 *
 * @example graphOf(stack).needs("aws_eks_node_group", "aws_route")
 */
export function graphOf(stack: TerraformStack): Graph {
  return new Graph(synthesized(stack));
}
