import type { IConstruct } from "constructs";
import { Cidr } from "../../core/cidr";
import { isToken } from "../../core/token";
import { OST002, OST003 } from "../rules";
import type { ISubnet } from "./subnet";

/** Fixed addresses by subnet and address, for each tree: which port has them. */
const TAKEN = new WeakMap<IConstruct, Map<string, string>>();

/** Whether an address lies in a block. An address that only Terraform knows is taken to. */
export function holdsAddress(block: Cidr, address: string): boolean {
  return isToken(address) || block.contains(Cidr.parse(`${address}/32`));
}

/**
 * Notes that a port has an address, and refuses one that it cannot have: outside of its subnet, kept by the cloud, handed out
 * by the cloud, or another port's.
 */
export function takeAddress(at: IConstruct, subnet: ISubnet, address: string): void {
  if (isToken(address)) return;
  refuseUnfit(at, subnet, address);
  const taken = TAKEN.get(at.node.root) ?? new Map<string, string>();
  TAKEN.set(at.node.root, taken);
  const key = `${subnet.subnetId} ${address}`;
  const owner = taken.get(key);
  if (owner !== undefined)
    throw OST003.violation({ at, given: `${address} belongs to ${owner}`, fix: "choose an address that is free" });
  taken.set(key, at.node.path);
}

function refuseUnfit(
  at: IConstruct,
  { cidr, reservedAddresses, automaticAddresses, cloud }: ISubnet,
  address: string,
): void {
  const refuse = (given: string, fix: string) => OST002.violation({ at, given, fix });
  if (!holdsAddress(cidr, address))
    throw refuse(`${address} is outside of ${cidr.toString()}`, "choose an address of the port's own subnet");
  if (reservedAddresses.includes(address))
    throw refuse(
      `${cloud.name} keeps ${address} of ${cidr.toString()}`,
      `choose another; it also keeps ${reservedAddresses.filter((one) => one !== address).join(", ")}`,
    );
  if (automaticAddresses !== undefined && holdsAddress(automaticAddresses, address))
    throw refuse(
      `${address} is one of ${automaticAddresses.toString()}, which the cloud hands out by itself`,
      `choose another of ${cidr.toString()}, or say the subnet's automaticAddresses`,
    );
}
