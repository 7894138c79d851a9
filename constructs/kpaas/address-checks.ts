import { Cidr } from "../core/cidr";
import { isToken } from "../core/token";
import type { Place, Violation } from "../core/violation";
import { blockOf, isAddress } from "./address";
import type { ClusterPlan } from "./cluster-plan";
import { internalViolations } from "./cluster-internal";
import { KPS003, KPS010, KPS011, KPS012, KPS013, KPS020, KPS022, KPS026 } from "./rules";

/** An address and whose it is. */
interface Holder {
  readonly what: string;
  readonly address: string;
}

/** Addresses that cannot be whose they are said to be. */
export function addressViolations(plan: ClusterPlan, at: Place | undefined): readonly Violation[] {
  const machines = plan.machines.map(({ role, name, fixedAddress }) => ({
    what: `${role} "${name}"`,
    address: fixedAddress,
  }));
  return [
    ...machines.flatMap((machine, index) => machineViolations(machine, machines.slice(0, index), plan, at)),
    ...balancerViolations(plan, machines, at),
    ...ingressViolations(plan, machines, at),
    ...rangeViolations(plan, machines, at),
    ...blockViolations(plan, at),
  ];
}

function machineViolations(
  { what, address }: Holder,
  before: readonly Holder[],
  { subnet }: ClusterPlan,
  at: Place | undefined,
): readonly Violation[] {
  if (isToken(address)) return [];
  const block = blockOf(address);
  if (block === undefined)
    return [KPS022.violation({ at, given: `${what} has "${address}"`, fix: "write an address such as 192.168.7.20" })];
  const given = `${what} has ${address}`;
  const other = before.find((machine) => machine.address === address);
  return [
    ...(subnet.cidr.contains(block)
      ? []
      : [KPS010.violation({ at, given, fix: `take one of ${subnet.cidr.toString()}` })]),
    ...(subnet.reservedAddresses.includes(address)
      ? [
          KPS010.violation({
            at,
            given: `${given}, which the cloud keeps`,
            fix: `take another than ${subnet.reservedAddresses.join(", ")}`,
          }),
        ]
      : []),
    ...(other === undefined
      ? []
      : [KPS011.violation({ at, given: `${given}, as ${other.what} has`, fix: "give it another address" })]),
  ];
}

function balancerViolations(
  { controlPlane: { balancer } }: ClusterPlan,
  machines: readonly Holder[],
  at: Place | undefined,
): readonly Violation[] {
  const owner = machines.find(({ address }) => address === balancer?.address);
  if (balancer === undefined || owner === undefined) return [];
  return [
    KPS003.violation({
      at,
      given: `load balancer at ${balancer.address}, which ${owner.what} has`,
      fix: "give it an address of its own: a node's own is gone with the node",
    }),
  ];
}

function ingressViolations(
  { subnet, exposure }: ClusterPlan,
  machines: readonly Holder[],
  at: Place | undefined,
): readonly Violation[] {
  const { ingressAddress: address, kind } = exposure;
  const block = address === undefined ? undefined : blockOf(address);
  if (address === undefined || block === undefined) return [];
  const owner = machines.find((machine) => machine.address === address);
  const own = exposure.subnet ?? subnet.cidr;
  const refuse = (given: string, fix: string) =>
    KPS020.violation({ at, given: `ingress address ${address}${given}`, fix });
  if (owner !== undefined) return [refuse(`, which ${owner.what} has`, "give the ingress an address of its own")];
  if (kind === "extra-nic" && !own.contains(block))
    return [refuse(` outside of ${own.toString()}`, "take one of it, or say the interface's subnet")];
  if (kind === "extra-nic" && subnet.reservedAddresses.includes(address))
    return [refuse(", which the cloud keeps", "take another one")];
  return [];
}

function rangeViolations(
  { subnet, exposure, controlPlane }: ClusterPlan,
  machines: readonly Holder[],
  at: Place | undefined,
): readonly Violation[] {
  const range = exposure.serviceAddresses;
  if (range === undefined) return [];
  const holders: readonly Holder[] = [
    ...machines,
    ...subnet.reservedAddresses.map((address) => ({ what: "the cloud", address })),
    ...(exposure.ingressAddress === undefined ? [] : [{ what: "the ingress", address: exposure.ingressAddress }]),
    ...(controlPlane.balancer === undefined
      ? []
      : [{ what: "the API's load balancer", address: controlPlane.balancer.address }]),
  ];
  return [
    ...(range.liesIn(subnet.cidr)
      ? []
      : [
          KPS012.violation({
            at,
            given: `MetalLB's range ${range.toString()}`,
            fix: `keep it inside ${subnet.cidr.toString()}`,
          }),
        ]),
    ...(subnet.automaticAddresses !== undefined && range.meets(subnet.automaticAddresses)
      ? [
          KPS026.violation({
            at,
            given: `MetalLB's range ${range.toString()}, of which the cloud hands out ${subnet.automaticAddresses.toString()}`,
            fix: "take others, or say the subnet's automaticAddresses",
          }),
        ]
      : []),
    ...holders
      .filter(({ address }) => range.holds(address))
      .map(({ what, address }) =>
        KPS013.violation({
          at,
          given: `MetalLB's range ${range.toString()} holds ${address} of ${what}`,
          fix: "plan the range where nobody is",
        }),
      ),
  ];
}

/** What lies in the subnet is judged with it: one finding for one mistake. */
function blockViolations({ subnet, exposure, controlPlane }: ClusterPlan, at: Place | undefined): readonly Violation[] {
  const blocks = [
    { what: "the cluster's subnet", cidr: subnet.cidr },
    ...(exposure.subnet === undefined ? [] : [{ what: "the subnet of the ingress", cidr: exposure.subnet }]),
    ...[controlPlane.balancer?.address, controlPlane.publicAddress, exposure.publicAddress]
      .filter((address) => address !== undefined)
      .filter(isAddress)
      .map((address) => ({ what: "an address of a balancer or of the internet", cidr: Cidr.parse(`${address}/32`) })),
  ];
  return blocks.flatMap(({ what, cidr }) => internalViolations(cidr, `${what}, ${cidr.toString()},`, at));
}
