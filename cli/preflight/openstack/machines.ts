import { type Block, blocksOf } from "@groundwork/tooling/terraform/synthesized";
import type { Plan, PlannedBlock } from "../plan";

const MACHINE = "openstack_compute_instance_v2";

/** A machine, and what the next apply changes about it. */
export interface PlannedMachine {
  readonly resource: PlannedBlock;
  readonly name: string;
  /** Name of the flavor; `undefined` when it is given by id or known only at apply. */
  readonly flavor: string | undefined;
  /** Name of the flavor that the machine has; `undefined` for a new machine. */
  readonly presentFlavor: string | undefined;
  /** Disks by their arguments. */
  readonly disks: readonly Block[];
}

/** The machines of a plan, including those that exist. */
export function machinesOf(plan: Plan): readonly PlannedMachine[] {
  return plan.resources(MACHINE).map((resource) => ({
    resource,
    name: resource.text("name") ?? resource.address,
    flavor: flavorOf(plan, resource),
    presentFlavor: textOf(resource.deployed?.["flavor_name"]),
    disks: blocksOf(resource.block["block_device"]),
  }));
}

/** A text; `undefined` for other values. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function flavorOf(plan: Plan, machine: PlannedBlock): string | undefined {
  return machine.text("flavor_name") ?? plan.referenced(machine, "flavor_id")?.text("name");
}
