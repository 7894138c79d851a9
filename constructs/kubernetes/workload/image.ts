import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { KUB004 } from "../rules";

/** When a node pulls an image from the registry. */
export type PullPolicy = "Always" | "IfNotPresent" | "Never";

/** The tag of an image: `""` without a tag, `"@"` with a digest, undefined where it is known only after apply. */
function tagOf(image: string): string | undefined {
  // Text after the last expression is known at synthesis; an expression at the end may contain the tag.
  const known = isToken(image) ? image.slice(image.lastIndexOf("}") + 1) : image.slice(image.lastIndexOf("/") + 1);
  if (known.includes("@")) return "@";
  if (known === "") return undefined;
  return known.includes(":") ? known.slice(known.lastIndexOf(":") + 1) : isToken(image) ? undefined : "";
}

/**
 * The pull policy of an image: `Always` for `latest` or no tag, `IfNotPresent` for other tags and digests.
 *
 * Undefined where the tag is known only after apply and no policy is requested: the API server then applies the same rule.
 */
export function pullPolicyOf(image: string, requested: PullPolicy | undefined, at: Location): PullPolicy | undefined {
  const tag = tagOf(image);
  const isMutable = tag === "" || tag === "latest";
  if (isMutable && requested !== undefined && requested !== "Always")
    throw KUB004.violation({
      at,
      given: `image ${image} with pull policy ${requested}`,
      fix: "use an immutable tag, or the pull policy Always",
    });
  if (requested !== undefined) return requested;
  if (tag === undefined) return undefined;
  return isMutable ? "Always" : "IfNotPresent";
}
