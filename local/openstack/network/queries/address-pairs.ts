import { isIPv4, isIPv6 } from "node:net";
import { badRequest, conflict } from "../../api/api-error";

/** Maximum number of pairs of a port: Neutron's default of `max_allowed_address_pair`. NHN Cloud publishes no number. */
const MOST = 10;

interface AddressPair {
  readonly ip_address: string;
  readonly mac_address?: string;
}

/** Rejects address pairs that are no addresses, that are given twice, or that are too many. */
export function rejectInvalidPairs(pairs: readonly AddressPair[]): void {
  for (const { ip_address: text } of pairs)
    if (!isAddressOrBlock(text)) throw badRequest(`'${text}' is not a valid IP subnet`, "HTTPBadRequest");
  const keys = pairs.map(({ ip_address: address, mac_address: mac = "None" }) => `${mac} ${address}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw badRequest(`Request contains duplicate address pair: ${twice}.`, "DuplicateAddressPairInRequest");
  if (pairs.length > MOST)
    throw badRequest(`The number of allowed address pair exceeds the maximum ${MOST}.`, "AllowedAddressPairExhausted");
}

/** Rejects security groups and address pairs of a port without port security. */
export function rejectUnsecured(isSecure: boolean, groups: readonly string[], pairs: number): void {
  if (isSecure) return;
  if (pairs > 0)
    throw conflict(
      "AddressPairAndPortSecurityRequired",
      "Port Security must be enabled in order to have allowed address pairs on a port.",
    );
  if (groups.length > 0)
    throw conflict("PortSecurityAndIPRequiredForSecurityGroups", "security groups require port security");
}

/** Blocks may have host bits. */
function isAddressOrBlock(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most);
  return most > 0 && isPrefix && more.length === 0;
}
