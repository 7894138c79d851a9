import type { IConstruct } from "constructs";
import { Cidr } from "../../core/cidr";
import { isToken } from "../../core/token";
import { OST002, OST003 } from "../rules";
import type { ISubnet } from "./subnet";

/** Path of the port by subnet and fixed address, for each construct tree. */
const TAKEN = new WeakMap<IConstruct, Map<string, string>>();

/** Whether an address is in a block. Returns true for an address that is only known at apply. */
export function containsAddress(block: Cidr, address: string): boolean {
  return isToken(address) || block.contains(Cidr.parse(`${address}/32`));
}

/**
 * Registers the fixed address of a port. Rejects an address that is outside of its subnet, reserved or assigned by the cloud, or used
 * by another port.
 */
export function reserveAddress(at: IConstruct, subnet: ISubnet, address: string): void {
  if (isToken(address)) return;
  rejectUnusable(at, subnet, address);
  const taken = TAKEN.get(at.node.root) ?? new Map<string, string>();
  TAKEN.set(at.node.root, taken);
  const key = `${subnet.subnetId} ${address}`;
  const owner = taken.get(key);
  if (owner !== undefined)
    throw OST003.violation({ at, given: `${address} belongs to ${owner}`, fix: "choose a free address" });
  taken.set(key, at.node.path);
}

function rejectUnusable(
  at: IConstruct,
  { cidr, reservedAddresses, automaticAddresses, cloud }: ISubnet,
  address: string,
): void {
  const violation = (given: string, fix: string) => OST002.violation({ at, given, fix });
  if (!containsAddress(cidr, address))
    throw violation(`${address} is outside of ${cidr.toString()}`, "choose an address of the port's own subnet");
  if (reservedAddresses.includes(address))
    throw violation(
      `${address} is reserved by ${cloud.name} in ${cidr.toString()}`,
      `choose another address; also reserved: ${reservedAddresses.filter((other) => other !== address).join(", ")}`,
    );
  if (automaticAddresses !== undefined && containsAddress(automaticAddresses, address))
    throw violation(
      `${address} is in ${automaticAddresses.toString()}, which the cloud assigns automatically`,
      `choose another address of ${cidr.toString()}, or change the subnet's automaticAddresses`,
    );
}
