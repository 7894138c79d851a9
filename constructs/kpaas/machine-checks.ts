import { Size } from "../core/size";
import { isToken } from "../core/token";
import type { Place, Violation } from "../core/violation";
import type { Cloud } from "../openstack/cloud";
import type { ClusterPlan } from "./cluster-plan";
import { isLabel } from "./host-name";
import type { PlannedMachine } from "./node";
import { KPS007, KPS008, KPS009, KPS019 } from "./rules";

const LEAST = { vCpus: 2, memory: Size.gibibytes(8) };

/** Machines that cannot be nodes. */
export function machineViolations(plan: ClusterPlan, cloud: Cloud, at: Place | undefined): readonly Violation[] {
  const { machines } = plan;
  return machines.flatMap((machine, index) => [
    ...nameViolations(machine, machines.slice(0, index), at),
    ...sizeViolations(machine, cloud, at),
    ...imageViolations(machine, at),
  ]);
}

function nameViolations(
  { name, role }: PlannedMachine,
  before: readonly PlannedMachine[],
  at: Place | undefined,
): readonly Violation[] {
  if (isToken(name)) return [];
  const other = before.find((machine) => machine.name === name);
  return [
    ...(isLabel(name)
      ? []
      : [
          KPS008.violation({
            at,
            given: `${role} "${name}"`,
            fix: "use up to 63 lower-case letters, digits and hyphens, none of the hyphens at an end",
          }),
        ]),
    ...(other === undefined
      ? []
      : [
          KPS009.violation({
            at,
            given: `${role} "${name}", as a ${other.role} is called`,
            fix: "give it another name",
          }),
        ]),
  ];
}

/** Where a flavor's name does not tell what it has, its owner has to know. NFS servers may be smaller: they run no pods. */
function sizeViolations(
  { name, flavor, role }: PlannedMachine,
  cloud: Cloud,
  at: Place | undefined,
): readonly Violation[] {
  const size = cloud.sizeOf(flavor);
  if (size === undefined || role === "nfs") return [];
  if (size.vCpus >= LEAST.vCpus && size.memory.toMebibytes() >= LEAST.memory.toMebibytes()) return [];
  return [
    KPS007.violation({
      at,
      given: `${role} "${name}" of ${flavor}: ${size.vCpus} vCPUs, ${size.memory.toString()}`,
      fix: `take a flavor with ${LEAST.vCpus} vCPUs and ${LEAST.memory.toString()} or more`,
    }),
  ];
}

function imageViolations({ name, image }: PlannedMachine, at: Place | undefined): readonly Violation[] {
  if (isToken(image) || /(?<![\d.])22\.04(?!\d)/.test(image)) return [];
  return [
    KPS019.violation({ at, given: `"${name}" from image ${image}`, fix: "take an image of Ubuntu Server 22.04" }),
  ];
}
