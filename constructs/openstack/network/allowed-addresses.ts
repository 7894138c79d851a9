import type { Construct } from "constructs";
import { type Cidr, isIpv4Address } from "../../core/cidr";
import { isToken } from "../../core/token";
import type { Cloud } from "../cloud";
import { OST023 } from "../rules";

/** Length of a prefix, as written behind an address. */
const PREFIX = /^(3[0-2]|[12]?\d)$/;

/** The argument of the provider for addresses in addition to a port's own; `undefined` without any. */
export function addressPairs(
  at: Construct,
  addresses: readonly (Cidr | string)[] | undefined,
  cloud: Cloud,
): { ipAddress: string }[] | undefined {
  if (addresses === undefined) return undefined;
  const texts = addresses.map((address) => address.toString());
  rejectInvalid(at, texts);
  if (texts.length > cloud.addressPairs)
    throw OST023.violation({
      at,
      given: `${texts.length} allowed addresses`,
      fix: `use at most ${cloud.addressPairs}, the maximum of ${cloud.name}, by merging blocks that are next to each other`,
    });
  return texts.map((ipAddress) => ({ ipAddress }));
}

function rejectInvalid(at: Construct, texts: readonly string[]): void {
  const invalid = texts.find((text) => !isToken(text) && !isAddressOrBlock(text));
  if (invalid !== undefined)
    throw OST023.violation({
      at,
      given: `allowed address "${invalid}"`,
      fix: "use an IPv4 address such as 192.168.7.150, or a block such as 10.233.64.0/18",
    });
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined)
    throw OST023.violation({ at, given: `allowed address ${twice} twice`, fix: "remove one of the two" });
}

/** Neutron also accepts blocks with host bits. */
function isAddressOrBlock(text: string): boolean {
  const [address = "", prefix = "32", ...more] = text.split("/");
  return isIpv4Address(address) && PREFIX.test(prefix) && more.length === 0;
}
