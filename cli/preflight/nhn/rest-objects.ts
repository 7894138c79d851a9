import type { Plan, PlannedBlock } from "../plan";

/** The objects of a collection of NHN Cloud's VPC API that the next apply creates. A resource with another method changes an object. */
export function createdObjects(plan: Plan, collection: string): readonly PlannedBlock[] {
  return plan
    .created("restapi_object")
    .filter(({ block }) => block["path"] === `/v2.0/${collection}` && block["create_path"] === undefined);
}

/** The name in the request that creates an object; undefined without one. */
export function nameOf({ block }: PlannedBlock): string | undefined {
  const data = block["data"];
  return typeof data === "string" ? /"name"\s*[=:]\s*"([^"$]+)"/.exec(data)?.[1] : undefined;
}
