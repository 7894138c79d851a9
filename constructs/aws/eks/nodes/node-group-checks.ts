import type { Construct } from "constructs";
import { Cidr } from "../../../core/cidr";
import { isToken } from "../../../core/token";
import { type Violation, Violations } from "../../../core/violation";
import type { ISubnet } from "../../network/subnet";
import { addressesOf, architectureOf, podsOf } from "./instance-type";
import type { NodeGroupProps } from "./node-group";
import type { NodeImage } from "./node-image";
import { EKS005, EKS006, EKS007, EKS008, EKS012 } from "../rules";

/** Addresses that AWS reserves in every subnet. */
const RESERVED = 5;

/** Rejects, all at once, settings that EKS would reject after about 15 minutes, or accept until the subnets are full. */
export function checkNodeGroup(
  at: Construct,
  props: NodeGroupProps,
  { image, subnets }: { readonly image: NodeImage; readonly subnets: readonly ISubnet[] },
): void {
  Violations.throwIfAny([
    ...versionViolations(at, props),
    ...zoneViolations(at, subnets),
    ...architectureViolations(at, props.instanceTypes, image),
    ...addressViolations(at, props, subnets),
    ...diskViolations(at, props),
  ]);
}

function versionViolations(at: Construct, { version, cluster }: NodeGroupProps): Violation[] {
  if (version === undefined || version.equals(cluster.version)) return [];
  const given = `nodes of version ${version.minor}, control plane of ${cluster.version.minor}`;
  return [
    EKS008.violation({ at, given, fix: `use ${cluster.version.minor} for both, or upgrade the control plane first` }),
  ];
}

function zoneViolations(at: Construct, subnets: readonly ISubnet[]): Violation[] {
  const zones = [...new Set(subnets.map((subnet) => subnet.zone))];
  if (zones.length > 1) return [];
  const given = zones.length === 0 ? "no subnet" : `subnets in zone ${zones.join()} only`;
  return [EKS005.violation({ at, given, fix: "use a tier with subnets in at least two zones" })];
}

function architectureViolations(at: Construct, types: readonly string[], image: NodeImage): Violation[] {
  return types
    .filter((type) => !isToken(type) && architectureOf(type) !== image.architecture)
    .map((type) =>
      EKS007.violation({
        at,
        given: `instance type ${type} is ${architectureOf(type)}, image ${image.amiType} is ${image.architecture}`,
        fix: "use one architecture per group; without an image it follows the first instance type",
      }),
    );
}

function addressViolations(at: Construct, props: NodeGroupProps, subnets: readonly ISubnet[]): Violation[] {
  const [type, addresses] = largest(props.instanceTypes);
  if (addresses === undefined || subnets.length === 0) return [];
  const nodes = Math.ceil(props.scaling.max / subnets.length);
  const needed = nodes * addresses;
  return subnets
    .filter(({ cidr }) => !isToken(cidr) && Cidr.parse(cidr).size - RESERVED < needed)
    .map(({ zone, cidr }) =>
      EKS006.violation({
        at,
        given:
          `subnet ${cidr} in zone ${zone} has ${Cidr.parse(cidr).size - RESERVED} addresses; ` +
          `${nodes} of ${props.scaling.max} nodes ${type} with ${podsOf(type) ?? 0} pods each use ${needed} there`,
        fix: "give the tier larger subnets, spread it over more zones, or lower the maximum",
      }),
    );
}

/** The type that uses the most addresses. */
function largest(types: readonly string[]): readonly [string, number | undefined] {
  return types
    .map((type) => [type, addressesOf(type)] as const)
    .reduce((one, other) => ((other[1] ?? 0) > (one[1] ?? 0) ? other : one));
}

function diskViolations(at: Construct, { disk }: NodeGroupProps): Violation[] {
  if (disk === undefined || disk.toMebibytes() >= 20 * 1024) return [];
  return [EKS012.violation({ at, given: `a volume of ${disk.toString()}`, fix: "use at least Size.gibibytes(20)" })];
}
