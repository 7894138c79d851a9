import type { Construct } from "constructs";
import { Cidr } from "../../../core/cidr";
import { isToken } from "../../../core/token";
import { type Violation, Violations } from "../../../core/violation";
import type { ISubnet } from "../../network/subnet";
import { hasInternetRoute } from "../cluster/network-dependencies";
import { Disk, nodeSizeViolations } from "../../compute/disk";
import { acceleratorOf, addressesOf, architectureOf, isInstanceType, podsOf } from "../../compute/instance-type";
import { ceilingViolations } from "../../compute/instance-checks";
import { labelViolations } from "./label-checks";
import type { NodeGroupProps } from "./node-group";
import type { NodeImage } from "./node-image";
import { EKS005, EKS006, EKS007, EKS008, EKS019, EKS020, EKS022, EKS024, EKS027, EKS030 } from "../rules";

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
    ...publicSubnetViolations(at, subnets),
    ...instanceTypeViolations(at, props.instanceTypes),
    ...architectureViolations(at, props.instanceTypes, image),
    ...acceleratorViolations(at, props.instanceTypes, image),
    ...addressViolations(at, props, subnets),
    ...diskViolations(at, props),
    ...purchaseViolations(at, props),
    ...labelViolations(at, {
      labels: props.labels ?? {},
      taints: props.taints ?? [],
      isAutoscaled: props.scaling.isAutoscaled,
    }),
    ...policyViolations(at, props),
    ...updateViolations(at, props),
  ]);
}

function versionViolations(at: Construct, { version, cluster }: NodeGroupProps): Violation[] {
  if (version === undefined || version.equals(cluster.version)) return [];
  const given = `nodes of version ${version.minor}, control plane of ${cluster.version.minor}`;
  return [
    EKS008.violation({ at, given, fix: `use ${cluster.version.minor} for both, or upgrade the control plane first` }),
  ];
}

/** The image of a node needs its space; a disk is as fast as the smallest of the instance types allows. */
function diskViolations(at: Construct, { disk, instanceTypes }: NodeGroupProps): Violation[] {
  if (disk === undefined) return [];
  if (!Disk.isDisk(disk)) return nodeSizeViolations(disk, at);
  return [
    ...nodeSizeViolations(disk.size, at),
    ...instanceTypes.flatMap((type) => ceilingViolations("the disk", disk, type, at)),
  ];
}

/** EKS sets neither a price limit nor an interruption of its own. */
function purchaseViolations(at: Construct, { purchase }: NodeGroupProps): Violation[] {
  const { maxHourlyPrice, interruption = "terminate" } = purchase?.spotOptions ?? {};
  if (maxHourlyPrice === undefined && interruption === "terminate") return [];
  const given = maxHourlyPrice === undefined ? `interruption "${interruption}"` : `a price limit of ${maxHourlyPrice}`;
  return [EKS030.violation({ at, given: `spot nodes with ${given}`, fix: "use Purchase.spot() without it" })];
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

/** EKS requires that a subnet with a route to an internet gateway assigns public addresses, which ours never do. */
function publicSubnetViolations(at: Construct, subnets: readonly ISubnet[]): Violation[] {
  const open = subnets.filter(hasInternetRoute);
  if (open.length === 0) return [];
  const tiers = [...new Set(open.map(({ tier }) => tier))].join(", ");
  return [
    EKS019.violation({
      at,
      given: `nodes in tier "${tiers}", whose subnets have a route to an internet gateway`,
      fix: 'use a private tier: tier: "private"',
    }),
  ];
}

function instanceTypeViolations(at: Construct, types: readonly string[]): Violation[] {
  const invalid = types.filter((type) => !isToken(type) && !isInstanceType(type));
  const repeated = types.filter((type, index) => types.indexOf(type) !== index);
  const fix = "use 1 to 20 different types, for example m7g.large";
  return [
    ...invalid.map((type) => EKS022.violation({ at, given: `instance type "${type}"`, fix })),
    ...repeated.map((type) => EKS022.violation({ at, given: `instance type "${type}" twice`, fix })),
    ...(types.length > 20 ? [EKS022.violation({ at, given: `${types.length} instance types`, fix })] : []),
  ];
}

function acceleratorViolations(at: Construct, types: readonly string[], image: NodeImage): Violation[] {
  return types
    .filter((type) => !isToken(type) && !image.supports(acceleratorOf(type)))
    .map((type) =>
      EKS020.violation({
        at,
        given: `instance type ${type} with ${acceleratorOf(type) ?? "no accelerator"}, image ${image.amiType}`,
        fix: "use one kind of accelerator per group; without an image it follows the first instance type",
      }),
    );
}

function policyViolations(at: Construct, { nodePolicies = [] }: NodeGroupProps): Violation[] {
  return nodePolicies
    .filter((policy, index) => nodePolicies.indexOf(policy) !== index)
    .map((policy) => EKS024.violation({ at, given: `node policy ${policy.name} twice`, fix: "list it once" }));
}

function updateViolations(at: Construct, { maxUnavailable = 1 }: NodeGroupProps): Violation[] {
  if (Number.isInteger(maxUnavailable) && maxUnavailable >= 1 && maxUnavailable <= 100) return [];
  return [EKS027.violation({ at, given: `maxUnavailable ${maxUnavailable}`, fix: "use a whole number from 1 to 100" })];
}
