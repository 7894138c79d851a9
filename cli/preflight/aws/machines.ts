import type { Plan, PlannedBlock } from "../plan";

/** Machines of one type that stacks start. */
export interface StartedMachines {
  readonly instanceType: string;
  readonly isSpot: boolean;
  readonly count: number;
}

/** Default of EKS for a node group without instance types. Source: Amazon EKS API, CreateNodegroup. */
const DEFAULT_NODE_TYPE = "t3.medium";

/** The machines that the next apply starts, by type; a type that is known only at apply is left out. */
export function startedMachines(plan: Plan): readonly StartedMachines[] {
  return [
    ...plan.created("aws_instance").flatMap(instance),
    ...plan.created("aws_eks_node_group").flatMap((group) => nodes(plan, group)),
    ...plan.created("aws_autoscaling_group").flatMap((group) => scaled(plan, group)),
  ].filter(({ count }) => count > 0);
}

function instance(resource: PlannedBlock): readonly StartedMachines[] {
  const instanceType = resource.text("instance_type");
  const market = first(resource.block["instance_market_options"]);
  return instanceType === undefined ? [] : [{ instanceType, isSpot: market?.["market_type"] === "spot", count: 1 }];
}

/** A node group starts its desired nodes. Of several types EKS takes the first that is available. */
function nodes(plan: Plan, group: PlannedBlock): readonly StartedMachines[] {
  const types = group.block["instance_types"];
  const given = Array.isArray(types) ? (types as readonly unknown[])[0] : undefined;
  const template = first(group.block["launch_template"]);
  const ofTemplate = template === undefined ? undefined : templateType(plan, group, template);
  const instanceType = typeof given === "string" ? given : (ofTemplate ?? DEFAULT_NODE_TYPE);
  if (instanceType.includes("${")) return [];
  const scaling = first(group.block["scaling_config"]);
  const isSpot = group.text("capacity_type") === "SPOT";
  return [{ instanceType, isSpot, count: numberOf(scaling?.["desired_size"]) }];
}

function scaled(plan: Plan, group: PlannedBlock): readonly StartedMachines[] {
  const template = first(group.block["launch_template"]);
  const instanceType = template === undefined ? undefined : templateType(plan, group, template);
  const { desired_capacity: desired, min_size: least } = group.block;
  return instanceType === undefined ? [] : [{ instanceType, isSpot: false, count: numberOf(desired ?? least) }];
}

function templateType(
  plan: Plan,
  { stack }: PlannedBlock,
  block: Readonly<Record<string, unknown>>,
): string | undefined {
  const argument = block["id"] === undefined ? "name" : "id";
  return plan.referenced({ stack, block }, argument)?.text("instance_type");
}

/** A block that occurs at most once: synthesized as an object or as a list of one. */
function first(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const block: unknown = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  return typeof block === "object" && block !== null ? (block as Readonly<Record<string, unknown>>) : undefined;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number(typeof value === "string" ? value : 0) || 0;
}
