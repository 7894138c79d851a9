import type { Size } from "../core/size";

/** An amount in the API server's canonical form: the largest unit without a fraction. */
export function quantityOf(size: Size): string {
  const mebibytes = size.toMebibytes();
  const [unit, name] =
    mebibytes % 1024 ** 2 === 0 ? [1024 ** 2, "Ti"] : mebibytes % 1024 === 0 ? [1024, "Gi"] : [1, "Mi"];
  return `${mebibytes / unit}${name}`;
}
