import { Cidr, isIpv4Address } from "../../../core/cidr";
import { isWholeToken } from "../../../core/token";
import type { Location } from "../../../core/violation";
import { KPS022 } from "../../rules";

/** Returns an IPv4 address or a token; rejects any other text. */
export function checkedAddress(subject: string, text: string, at?: Location): string {
  if (!isWholeToken(text) && !isIpv4Address(text))
    throw KPS022.violation({ at, given: `${subject} "${text}"`, fix: "write an address such as 192.168.7.20" });
  return text;
}

/** The /32 block of an address; `undefined` for a token. */
export function blockOf(address: string): Cidr | undefined {
  return isIpv4Address(address) ? Cidr.parse(`${address}/32`) : undefined;
}
