import { isWithin, parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";

const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseBlock);

/** Rejects a block that NHN Cloud does not accept for a VPC. */
export function rejectInvalidVpcBlock(cidr: string): void {
  const block = parseBlock(cidr);
  if (block.prefix > 24) throw badRequest(`VPC ${cidr} is smaller than /24`);
  if (!PRIVATE_BLOCKS.some((privateBlock) => isWithin(block, privateBlock)))
    throw badRequest(`VPC ${cidr} is not in private address space`);
}
