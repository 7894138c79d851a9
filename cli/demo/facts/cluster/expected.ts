import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";

/** What a stack's clusters, machines and image repositories are to be like, read from what was synthesized. */
export function wantedCluster(stack: SynthesizedStack): readonly Fact[] {
  return [
    ...[...stack.resources("aws_eks_cluster").values()].map(clusterFact),
    ...[...stack.resources("aws_eks_node_group").values()].map(nodeGroupFact),
    ...[...stack.resources("aws_eks_addon").values()].map((addon) => ({
      subject: `add-on ${textArgument(addon, "addon_name")}`,
      is: "ACTIVE",
    })),
    ...[...stack.resources("aws_ecr_repository").values()].map(repositoryFact),
  ];
}

/** The clusters a stack makes or finds, by their names. */
export function clusterNamesOf(stack: SynthesizedStack): readonly string[] {
  const own = [...stack.resources("aws_eks_cluster").values()].map((cluster) => textArgument(cluster, "name"));
  const found = [...stack.data("aws_eks_cluster").values()].map((cluster) => textArgument(cluster, "name"));
  return [...new Set([...own, ...found])];
}

/** A number of machines or pods with its bounds. */
export function inBounds(min: unknown, desired: unknown, max: unknown): string {
  return `${String(desired)} of ${String(min)} to ${String(max)}`;
}

function clusterFact(cluster: Block): Fact {
  const [vpc = {}] = blocks(cluster["vpc_config"]);
  const exits = [
    ...(vpc["endpoint_private_access"] === true ? ["private"] : []),
    ...(vpc["endpoint_public_access"] === true ? ["public"] : []),
  ];
  const types = (cluster["enabled_cluster_log_types"] as readonly string[] | undefined) ?? [];
  return {
    subject: `cluster ${textArgument(cluster, "name")}`,
    is: clusterInWords(textArgument(cluster, "version"), exits, types.length),
  };
}

/** A cluster as one line. */
export function clusterInWords(version: string, endpoints: readonly string[], logTypes: number): string {
  return `Kubernetes ${version}, ${endpoints.join(" and ")} endpoint, ${logTypes} kinds of logs`;
}

function nodeGroupFact(group: Block): Fact {
  const [{ min_size, desired_size, max_size } = {}] = blocks(group["scaling_config"]);
  const types = (group["instance_types"] as readonly string[] | undefined) ?? [];
  return {
    subject: `node group ${textArgument(group, "node_group_name")}`,
    is: `${inBounds(min_size, desired_size, max_size)} ${types.join(", ")}`,
  };
}

function repositoryFact(repository: Block): Fact {
  const [scanning = {}] = blocks(repository["image_scanning_configuration"]);
  return {
    subject: `repository ${textArgument(repository, "name")}`,
    is: repositoryInWords(textArgument(repository, "image_tag_mutability"), scanning["scan_on_push"] === true),
  };
}

/** A repository as one line. */
export function repositoryInWords(mutability: string, scanOnPush: boolean): string {
  return `${mutability.toLowerCase()} tags, ${scanOnPush ? "scanned on push" : "not scanned"}`;
}

/** Terraform's JSON writes a block of which there is one as an object or as a list of it. */
function blocks(value: unknown): readonly Block[] {
  return value === undefined ? [] : [value as Block | readonly Block[]].flat();
}
