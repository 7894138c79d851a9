import { isToken, isWholeToken } from "../core/token";
import type { Location } from "../core/violation";
import { AWS005 } from "./rules";

/** Prefixes of the ids of AWS resources that a user can give. */
const PREFIXES = {
  network: "vpc",
  subnet: "subnet",
  "route table": "rtb",
  "security group": "sg",
  "prefix list": "pl",
  "elastic IP allocation": "eipalloc",
  image: "ami",
  instance: "i",
  snapshot: "snap",
  volume: "vol",
} as const;

/** A kind of resource with an id. */
export type IdKind = keyof typeof PREFIXES;

/**
 * Returns the id of an existing resource, or rejects a text that is none: a name, an ARN, the id of another kind of resource.
 *
 * @example resourceId("vpc-0123456789abcdef0", "network", this)
 */
export function resourceId(id: string, kind: IdKind, at?: Location): string {
  const prefix = PREFIXES[kind];
  if (isWholeToken(id) || (!isToken(id) && new RegExp(`^${prefix}-[0-9a-f]{1,17}$`).test(id))) return id;
  throw AWS005.violation({
    at,
    given: `${kind} "${id}"`,
    fix: `use its id, for example ${prefix}-0123456789abcdef0`,
  });
}
