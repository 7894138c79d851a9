import { TAG_LIMITS } from "./limits";
import { TAG001 } from "./rules";
import { escapeTerraform, isToken } from "./token";
import { type Location, type Violation, Violations } from "./violation";

/** Tags of a resource: key and value. */
export type Tags = Readonly<Record<string, string>>;

/**
 * Returns the tags escaped for Terraform, or rejects them when a cloud would not accept them. `added` is the number of further
 * tags that the resource receives from its construct and from the provider.
 */
export function checkedTags(tags: Tags, at?: Location, added = 0): Tags {
  Violations.throwIfAny(tagViolations(tags, at, added));
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [escapeTerraform(key), escapeTerraform(value)] as const),
  );
}

/** All violations of a set of tags. Values that are known only at apply are not checked. */
export function tagViolations(tags: Tags, at?: Location, added = 0): Violation[] {
  const entries = Object.entries(tags);
  const found = entries
    .filter(([key, value]) => isInvalidKey(key) || isTooLong(value, TAG_LIMITS.value))
    .map(([key, value]) =>
      TAG001.violation({
        at,
        given: `tag "${key}" (${lengthOf(key)} characters) = "${value.slice(0, 40)}" (${lengthOf(value)} characters)`,
        fix: `use a key of 1 to ${TAG_LIMITS.key} characters and a value of at most ${TAG_LIMITS.value}, and leave the aws: prefix to AWS`,
      }),
    );
  const count = entries.length + added;
  return count > TAG_LIMITS.perResource ? [...found, tooMany(entries.length, added, at)] : found;
}

function tooMany(given: number, added: number, at: Location | undefined): Violation {
  return TAG001.violation({
    at,
    given: added === 0 ? `${given} tags` : `${given} tags, and ${added} that the construct and the provider add`,
    fix: `keep at most ${TAG_LIMITS.perResource - added}`,
  });
}

function isInvalidKey(key: string): boolean {
  return key === "" || isTooLong(key, TAG_LIMITS.key) || /^aws:/i.test(key);
}

function isTooLong(text: string, limit: number): boolean {
  return !isToken(text) && lengthOf(text) > limit;
}

/** Clouds count characters, not the units of UTF-16. */
function lengthOf(text: string): number {
  return [...text].length;
}
