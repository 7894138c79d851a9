import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

/** Tags that all resources of the stacks have: those that the default tags of every stack's AWS provider contain. */
export function identifyingTags(stacks: readonly SynthesizedStack[]): Tags {
  const [first, ...others] = stacks;
  const common = Object.entries(first?.defaultTags ?? {}).filter(([name, value]) =>
    others.every(({ defaultTags }) => defaultTags[name] === value),
  );
  if (common.length > 0) return Object.fromEntries(common);
  const ids = stacks.map(({ id }) => id).join(", ");
  throw new Error(
    `the AWS providers of ${ids} have no common default_tags, by which their resources could be found; set defaultTags in the providers, or specify --tag <key=value>`,
  );
}

/** Parses tags of the form `key=value`. */
export function parseTags(texts: readonly string[]): Tags {
  return Object.fromEntries(
    texts.map((text) => {
      const [, key = "", value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (key === "") throw new Error(`--tag "${text}" is not a tag; use the form key=value`);
      return [key, value];
    }),
  );
}

/** Whether a resource has all of the tags. */
export function hasTags(tags: Tags, expected: Tags): boolean {
  return Object.entries(expected).every(([name, value]) => tags[name] === value);
}
