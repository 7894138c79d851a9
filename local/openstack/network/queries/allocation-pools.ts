import { type Block, contains, formatAddress, parseAddress } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Subnet } from "../models";

type Pool = Subnet["allocation_pools"][number];

interface Range {
  readonly first: number;
  readonly last: number;
}

/** The pool of a subnet that is created without one: all but the network address, a gateway at the first address, and the broadcast address. */
export function defaultPool(block: Block, gateway: number | undefined): Pool {
  const first = block.first + (gateway === block.first + 1 ? 2 : 1);
  return { start: formatAddress(first), end: formatAddress(block.last - 1) };
}

/** Rejects pools that are invalid, outside of their subnet, overlapping, or that contain the gateway. */
export function rejectInvalidPools(block: Block, pools: readonly Pool[], gateway: string | null): void {
  const ranges = pools.map((pool) => rangeOf(block, pool));
  for (const [index, range] of ranges.entries())
    if (ranges.slice(index + 1).some((other) => range.first <= other.last && other.first <= range.last))
      throw conflict("OverlappingAllocationPools", `Found overlapping allocation pools: ${namesOf(pools)}.`);
  const address = gateway === null ? undefined : parseAddress(gateway);
  if (address !== undefined && ranges.some((range) => contains(range, address)))
    throw conflict(
      "GatewayConflictWithAllocationPools",
      `Gateway ip ${gateway ?? ""} conflicts with allocation pool ${namesOf(pools)}.`,
    );
}

function rangeOf(block: Block, { start, end }: Pool): Range {
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (first === undefined || last === undefined || last < first)
    throw badRequest(`The allocation pool ${start}-${end} is not valid.`, "InvalidAllocationPool");
  // The network address and the broadcast address are no part of a pool.
  if (first <= block.first || last >= block.last)
    throw badRequest(`The allocation pool ${start}-${end} spans beyond the subnet cidr.`, "OutOfBoundsAllocationPool");
  return { first, last };
}

function namesOf(pools: readonly Pool[]): string {
  return pools.map(({ start, end }) => `${start}-${end}`).join(" ");
}
