import { TAG001 } from "./rules";
import { type Location, type Violation, Violations } from "./violation";

/** Tags of a resource: key and value. */
export type Tags = Readonly<Record<string, string>>;

/** Returns the tags unchanged, or rejects them when a cloud would not accept them. */
export function checkedTags(tags: Tags, at?: Location): Tags {
  Violations.throwIfAny(tagViolations(tags, at));
  return tags;
}

/** All violations of a set of tags. */
export function tagViolations(tags: Tags, at?: Location): Violation[] {
  const entries = Object.entries(tags);
  const found = entries
    .filter(([key, value]) => key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key))
    .map(([key, value]) =>
      TAG001.violation({
        at,
        given: `tag "${key}" (${key.length} characters) = "${value.slice(0, 40)}" (${value.length} characters)`,
        fix: "shorten it, and leave the aws: prefix to AWS",
      }),
    );
  return entries.length > 50
    ? [...found, TAG001.violation({ at, given: `${entries.length} tags`, fix: "keep at most 50" })]
    : found;
}
