import { Cidr, isIpv4Address } from "../../../core/cidr";
import { isWholeToken } from "../../../core/token";
import type { Location, Violation } from "../../../core/violation";
import type { Cloud } from "../../../openstack/cloud";
import { KPS003, KPS010, KPS011, KPS012, KPS013, KPS020, KPS022, KPS026, KPS027 } from "../../rules";
import type { AddressRange } from "../address-range";
import type { ClusterPlan } from "../cluster-plan";
import { blockOf } from "./address";
import { internalViolations } from "./cluster-internal";

/** An address and its owner. */
interface Holder {
  readonly owner: string;
  readonly address: string;
}

/** Violations of the addresses of machines, load balancers, the ingress and services. */
export function addressViolations(plan: ClusterPlan, cloud: Cloud, at: Location | undefined): readonly Violation[] {
  const machines = plan.machines.map(({ role, name, fixedAddress }) => ({
    owner: `${role} "${name}"`,
    address: fixedAddress,
  }));
  return [
    ...machines.flatMap((machine, index) => machineViolations(machine, machines.slice(0, index), plan, at)),
    ...balancerViolations(plan, machines, at),
    ...ingressViolations(plan, machines, at),
    ...rangeViolations(plan, machines, at),
    ...pairViolations(plan, cloud, at),
    ...blockViolations(plan, at),
  ];
}

function machineViolations(
  { owner, address }: Holder,
  previous: readonly Holder[],
  { subnet }: ClusterPlan,
  at: Location | undefined,
): readonly Violation[] {
  if (isWholeToken(address)) return [];
  const block = blockOf(address);
  if (block === undefined)
    return [KPS022.violation({ at, given: `${owner} has "${address}"`, fix: "write an address such as 192.168.7.20" })];
  const given = `${owner} has ${address}`;
  const other = previous.find((machine) => machine.address === address);
  return [
    ...(subnet.cidr.contains(block)
      ? []
      : [KPS010.violation({ at, given, fix: `use an address of ${subnet.cidr.toString()}` })]),
    ...(subnet.reservedAddresses.includes(address)
      ? [
          KPS010.violation({
            at,
            given: `${given}, which the cloud reserves`,
            fix: `use an address other than ${subnet.reservedAddresses.join(", ")}`,
          }),
        ]
      : []),
    ...(other === undefined
      ? []
      : [KPS011.violation({ at, given: `${given}, the address of ${other.owner}`, fix: "use another address" })]),
  ];
}

function balancerViolations(
  { controlPlane: { balancer } }: ClusterPlan,
  machines: readonly Holder[],
  at: Location | undefined,
): readonly Violation[] {
  const holder = machines.find(({ address }) => address === balancer?.address);
  if (balancer === undefined || holder === undefined) return [];
  return [
    KPS003.violation({
      at,
      given: `load balancer at ${balancer.address}, the address of ${holder.owner}`,
      fix: "use a separate address: that of a node is lost with the node",
    }),
  ];
}

function ingressViolations(
  { subnet, exposure }: ClusterPlan,
  machines: readonly Holder[],
  at: Location | undefined,
): readonly Violation[] {
  const { ingressAddress: address, kind } = exposure;
  const block = address === undefined ? undefined : blockOf(address);
  if (address === undefined || block === undefined) return [];
  const holder = machines.find((machine) => machine.address === address);
  const own = exposure.subnet ?? subnet.cidr;
  const reject = (given: string, fix: string) =>
    KPS020.violation({ at, given: `ingress address ${address}${given}`, fix });
  if (holder !== undefined)
    return [reject(`, the address of ${holder.owner}`, "use a separate address for the ingress")];
  if (kind === "extra-nic" && !own.contains(block))
    return [reject(` outside of ${own.toString()}`, "use an address of it, or set the subnet of the interface")];
  if (kind === "extra-nic" && subnet.reservedAddresses.includes(address))
    return [reject(", which the cloud reserves", "use another address")];
  return [];
}

function rangeViolations(
  plan: ClusterPlan,
  machines: readonly Holder[],
  at: Location | undefined,
): readonly Violation[] {
  const { subnet, exposure } = plan;
  const range = exposure.serviceAddresses;
  if (range === undefined) return [];
  const name = `MetalLB's range ${range.toString()}`;
  return [
    ...(range.isWithin(subnet.cidr)
      ? []
      : [KPS012.violation({ at, given: name, fix: `use a range within ${subnet.cidr.toString()}` })]),
    ...automaticViolations(plan, range, at),
    ...holders(plan, machines)
      .filter(({ address }) => range.contains(address))
      .map(({ owner, address }) =>
        KPS013.violation({
          at,
          given: `${name} contains ${address} of ${owner}`,
          fix: "use a range of unused addresses",
        }),
      ),
  ];
}

/** Without an address pair for each block the cloud drops packets from addresses of MetalLB as spoofed. */
function pairViolations(
  { exposure: { serviceAddresses: range } }: ClusterPlan,
  { name, addressPairs }: Cloud,
  at: Location | undefined,
): readonly Violation[] {
  if (range === undefined || range.blocks.length <= addressPairs) return [];
  const part = range.within(addressPairs);
  return [
    KPS027.violation({
      at,
      given: `MetalLB's range ${range.toString()} of ${range.blocks.length} blocks, a port of ${name} accepts ${addressPairs} address pairs`,
      fix: `use ${part.toString()}`,
    }),
  ];
}

function automaticViolations(
  { subnet: { automaticAddresses } }: ClusterPlan,
  range: AddressRange,
  at: Location | undefined,
): readonly Violation[] {
  if (automaticAddresses === undefined || !range.overlaps(automaticAddresses)) return [];
  return [
    KPS026.violation({
      at,
      given: `MetalLB's range ${range.toString()}, which overlaps the automatic addresses ${automaticAddresses.toString()}`,
      fix: "use another range, or set automaticAddresses of the subnet",
    }),
  ];
}

/** Every address of the subnet that is in use. */
function holders(
  { subnet, exposure, controlPlane: { balancer } }: ClusterPlan,
  machines: readonly Holder[],
): readonly Holder[] {
  return [
    ...machines,
    ...subnet.reservedAddresses.map((address) => ({ owner: "the cloud", address })),
    ...(exposure.ingressAddress === undefined ? [] : [{ owner: "the ingress", address: exposure.ingressAddress }]),
    ...(balancer === undefined ? [] : [{ owner: "the API's load balancer", address: balancer.address }]),
  ];
}

/** Addresses within the subnet are covered by the subnet's own check, so that one mistake is reported once. */
function blockViolations(
  { subnet, exposure, controlPlane }: ClusterPlan,
  at: Location | undefined,
): readonly Violation[] {
  const blocks = [
    { subject: "the cluster's subnet", cidr: subnet.cidr },
    ...(exposure.subnet === undefined ? [] : [{ subject: "the subnet of the ingress", cidr: exposure.subnet }]),
    ...[controlPlane.balancer?.address, controlPlane.publicAddress, exposure.publicAddress]
      .filter((address) => address !== undefined)
      .filter(isIpv4Address)
      .map((address) => ({ subject: "the load balancer or public address", cidr: Cidr.parse(`${address}/32`) })),
  ];
  return blocks.flatMap(({ subject, cidr }) => internalViolations(cidr, `${subject} ${cidr.toString()}`, at));
}
