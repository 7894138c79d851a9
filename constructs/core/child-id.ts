import type { IConstruct } from "constructs";

/**
 * Whether a construct can have a new child with an id. The framework also rejects the names of properties of every object, such as
 * `constructor`.
 */
export function isFreeId({ node }: IConstruct, id: string): boolean {
  return id.trim() !== "" && !(id in Object.prototype) && node.tryFindChild(id) === undefined;
}
