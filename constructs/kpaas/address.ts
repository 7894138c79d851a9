import { Cidr } from "../core/cidr";
import { isToken } from "../core/token";
import type { Place } from "../core/violation";
import { KPS022 } from "./rules";

const BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ADDRESS = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`);

/** Whether a text is an IPv4 address, in the one way of writing it that every tool reads alike. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Refuses what is no IPv4 address; lets pass what only Terraform will know. */
export function checkedAddress(what: string, text: string, at?: Place): string {
  if (!isToken(text) && !isAddress(text))
    throw KPS022.violation({ at, given: `${what} "${text}"`, fix: "write an address such as 192.168.7.20" });
  return text;
}

/** An address as a block of one, to calculate with; nothing for what only Terraform will know. */
export function blockOf(address: string): Cidr | undefined {
  return isAddress(address) ? Cidr.parse(`${address}/32`) : undefined;
}
