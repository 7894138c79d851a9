import { isToken, literalOf } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { KUB004, KUB023 } from "../rules";

/** When a node pulls an image from the registry. */
export type PullPolicy = "Always" | "IfNotPresent" | "Never";

/**
 * The parts of an image reference. The API server accepts any text; the nodes reject other texts with InvalidImageName.
 * Source: https://github.com/distribution/reference, `regexp.go`
 */
const PARTS = (() => {
  const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  const domain = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
  const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  const tag = "[\\w][\\w.-]{0,127}";
  const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
  return { name: `(?:${domain}/)?${component}(?:/${component})*`, tag, digest };
})();

const REFERENCE = new RegExp(`^(${PARTS.name})(?::${PARTS.tag})?(?:@${PARTS.digest})?$`);

/** Longest name of an image, with its registry, without tag and digest. */
const MAX_NAME = 255;

/** Violations of the form of an image reference. Where parts are known only after apply, the other characters are checked. */
export function imageViolations(image: string, at: Location): Violation[] {
  const [, name = ""] = REFERENCE.exec(image) ?? [];
  const valid = isToken(image)
    ? /^[\w.:/@+-]*$/.test(literalOf(image)) && !/[:/@]$/.test(image)
    : name !== "" && name.length <= MAX_NAME;
  if (valid) return [];
  const fix = "use [registry/]name[:tag][@digest] with the name in lower case, such as registry.example.com/web:1.4.0";
  return [KUB023.violation({ at, given: `image "${image}"`, fix })];
}

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
