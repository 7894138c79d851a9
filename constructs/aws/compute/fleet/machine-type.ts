/** An instance type of a fleet, optionally with the units of capacity that it counts for. */
export type MachineType = string | { readonly type: string; readonly weight: number };

/** Name of the instance type. */
export function nameOf(machine: MachineType): string {
  return typeof machine === "string" ? machine : machine.type;
}

/** Types with their weights. */
export function typesOf(
  machines: readonly MachineType[],
): readonly { readonly type: string; readonly weight: number | undefined }[] {
  return machines.map((machine) => ({
    type: nameOf(machine),
    weight: typeof machine === "string" ? undefined : machine.weight,
  }));
}
