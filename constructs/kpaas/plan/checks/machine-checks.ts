import { Size } from "../../../core/size";
import { isToken, isWholeToken } from "../../../core/token";
import type { Location, Violation } from "../../../core/violation";
import type { Cloud } from "../../../openstack/cloud";
import { KPS007, KPS008, KPS009, KPS019 } from "../../rules";
import type { ClusterPlan } from "../cluster-plan";
import type { PlannedMachine } from "../node";
import { isLabel } from "./host-name";

const MINIMUM = { vCpus: 2, memory: Size.gibibytes(8) };

/** Violations of the names, flavors and images of machines. */
export function machineViolations(plan: ClusterPlan, cloud: Cloud, at: Location | undefined): readonly Violation[] {
  const { machines } = plan;
  return machines.flatMap((machine, index) => [
    ...nameViolations(machine, machines.slice(0, index), at),
    ...sizeViolations(machine, cloud, at),
    ...imageViolations(machine, at),
  ]);
}

function nameViolations(
  { name, role }: PlannedMachine,
  previous: readonly PlannedMachine[],
  at: Location | undefined,
): readonly Violation[] {
  if (isWholeToken(name)) return [];
  const other = previous.find((machine) => machine.name === name);
  return [
    ...(isLabel(name)
      ? []
      : [
          KPS008.violation({
            at,
            given: `${role} "${name}"`,
            fix: "use up to 63 lower-case letters, digits and hyphens, without a hyphen at either end",
          }),
        ]),
    ...(other === undefined
      ? []
      : [
          KPS009.violation({
            at,
            given: `${role} "${name}", the name of a ${other.role}`,
            fix: "use another name",
          }),
        ]),
  ];
}

/** A flavor whose size cannot be derived from its name is not checked. NFS servers may be smaller: they run no pods. */
function sizeViolations(
  { name, flavor, role }: PlannedMachine,
  cloud: Cloud,
  at: Location | undefined,
): readonly Violation[] {
  const size = cloud.sizeOf(flavor);
  if (size === undefined || role === "nfs") return [];
  if (size.vCpus >= MINIMUM.vCpus && size.memory.toMebibytes() >= MINIMUM.memory.toMebibytes()) return [];
  return [
    KPS007.violation({
      at,
      given: `${role} "${name}" of ${flavor}: ${size.vCpus} vCPUs, ${size.memory.toString()}`,
      fix: `use a flavor with ${MINIMUM.vCpus} vCPUs and ${MINIMUM.memory.toString()} or more`,
    }),
  ];
}

function imageViolations({ name, image }: PlannedMachine, at: Location | undefined): readonly Violation[] {
  if (isToken(image) || /(?<![\d.])22\.04(?!\d)/.test(image)) return [];
  return [KPS019.violation({ at, given: `"${name}" from image ${image}`, fix: "use an image of Ubuntu Server 22.04" })];
}
