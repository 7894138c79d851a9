import { Token } from "cdktf";

/** Largest number of the API's integer fields (int32). */
export const MAX_INT32 = 2_147_483_647;

/** Whether a number is whole and within the bounds; a number that is known only after apply is not checked. */
export function isWhole(value: number, min: number, max = MAX_INT32): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max);
}
