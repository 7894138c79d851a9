import { type ScalarTag, stringify } from "yaml";
import { yamlString } from "../../core/quoting/yaml";

/** Strings that every YAML version reads as strings without quotes: names and paths, but not `yes`, `off`, `null` and the like. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z/][\w./-]*$/i;

/** Quotes every string that is not certainly plain, as in JSON: manifests then differ only where their data differ. */
const STRING: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string",
  resolve: (text) => text,
  stringify: ({ value }) => (PLAIN.test(String(value)) ? String(value) : yamlString(String(value))),
};

/** Data as YAML, with its keys in their order, without anchors and line folding. Ends with a line break. */
export function toYaml(data: unknown): string {
  return stringify(data, { aliasDuplicateObjects: false, customTags: (tags) => [STRING, ...tags], lineWidth: 0 });
}
