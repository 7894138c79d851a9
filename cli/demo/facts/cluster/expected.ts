import { type Block, type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { clusterSummary, nodeGroupSummary, repositorySummary } from "./summary";

/** The clusters, node groups, add-ons and image repositories of a synthesized stack. */
export function expectedCluster(stack: SynthesizedStack): readonly Fact[] {
  return [
    ...[...stack.resources("aws_eks_cluster").values()].map(clusterFact),
    ...[...stack.resources("aws_eks_node_group").values()].map(nodeGroupFact),
    ...[...stack.resources("aws_eks_addon").values()].map((addon) => ({
      subject: `add-on ${textArgument(addon, "addon_name")}`,
      value: "ACTIVE",
    })),
    ...[...stack.resources("aws_ecr_repository").values()].map(repositoryFact),
  ];
}

/** Names of the clusters that a stack creates or looks up. */
export function clusterNamesOf(stack: SynthesizedStack): readonly string[] {
  const clusters = [...stack.resources("aws_eks_cluster").values(), ...stack.data("aws_eks_cluster").values()];
  return [...new Set(clusters.map((cluster) => textArgument(cluster, "name")))];
}

function clusterFact(cluster: Block): Fact {
  const [vpc = {}] = blocks(cluster["vpc_config"]);
  const endpoints = [
    ...(vpc["endpoint_private_access"] === true ? ["private"] : []),
    ...(vpc["endpoint_public_access"] === true ? ["public"] : []),
  ];
  const types = (cluster["enabled_cluster_log_types"] as readonly string[] | undefined) ?? [];
  return {
    subject: `cluster ${textArgument(cluster, "name")}`,
    value: clusterSummary(textArgument(cluster, "version"), endpoints, types.length),
  };
}

function nodeGroupFact(group: Block): Fact {
  const [{ min_size: min, desired_size: desired, max_size: max } = {}] = blocks(group["scaling_config"]);
  const types = (group["instance_types"] as readonly string[] | undefined) ?? [];
  return {
    subject: `node group ${textArgument(group, "node_group_name")}`,
    value: nodeGroupSummary({ min, desired, max }, types),
  };
}

function repositoryFact(repository: Block): Fact {
  const [scanning = {}] = blocks(repository["image_scanning_configuration"]);
  return {
    subject: `repository ${textArgument(repository, "name")}`,
    value: repositorySummary(textArgument(repository, "image_tag_mutability"), scanning["scan_on_push"] === true),
  };
}

/** In Terraform's JSON a single block is an object or a list with one object. */
function blocks(value: unknown): readonly Block[] {
  return value === undefined ? [] : [value as Block | readonly Block[]].flat();
}
