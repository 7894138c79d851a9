import type { IConstruct } from "constructs";

/**
 * Prefix of the names of load balancers and target groups: the provider accepts six characters and appends a unique suffix, so that a
 * replacement exists before the old resource is deleted. The tag `Name` contains the whole name.
 */
export function namePrefixOf({ node }: IConstruct): string {
  const id = node.path
    .split("/")
    .filter((part) => part !== "Default" && part !== "Resource")
    .at(-1);
  const letters = (id ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
  // AWS reserves names that begin with internal-.
  return `${letters.slice(0, 5) || "lb"}-`;
}
