import { isToken } from "../../core/token";
import type { Place } from "../../core/violation";
import { KUB004 } from "../rules";

/** When a node asks the registry for an image. */
export type PullPolicy = "Always" | "IfNotPresent" | "Never";

/** The tag of an image: `""` when it has none or a digest, nothing when only Terraform will know. */
function tagOf(image: string): string | undefined {
  // What follows the last expression is text; an expression at the end may hold the tag itself.
  const known = isToken(image) ? image.slice(image.lastIndexOf("}") + 1) : image.slice(image.lastIndexOf("/") + 1);
  if (known.includes("@")) return "@";
  if (known === "") return undefined;
  return known.includes(":") ? known.slice(known.lastIndexOf(":") + 1) : isToken(image) ? undefined : "";
}

/**
 * The pull policy of an image: always for a tag that moves, once a node for one that stays.
 *
 * Nothing where the tag is known only at apply and nobody has said it: the API server then decides by the same rule.
 */
export function pullPolicyOf(image: string, wanted: PullPolicy | undefined, at: Place): PullPolicy | undefined {
  const tag = tagOf(image);
  const moves = tag === "" || tag === "latest";
  if (moves && wanted !== undefined && wanted !== "Always")
    throw KUB004.violation({
      at,
      given: `image ${image} with pull policy ${wanted}`,
      fix: "name a tag that stays, or pull Always",
    });
  if (wanted !== undefined) return wanted;
  if (tag === undefined) return undefined;
  return moves ? "Always" : "IfNotPresent";
}
