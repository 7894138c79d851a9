import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { Fn, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { defined } from "../../core/defined";
import { jsonFields } from "./json-fields";

/** An object of NHN Cloud's network API, in terms of the restapi provider. */
export interface RestObjectProps {
  /** Last path segment of the collection, for example `vpcs`. */
  readonly collection: string;
  /** Key of the object in a request body, for example `vpc`. */
  readonly noun: string;
  /** Fields of the creation request. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  /** Fields that the API changes in place. A change of any other field replaces the object. */
  readonly changeable: readonly string[];
  /** @default - only the resources that the fields reference */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Creates one object of NHN Cloud's network API.
 *
 * The provider does not distinguish fields by itself: it would send fields that cannot change, and the API would reject them; or, if
 * the fields are excluded, it would report success and change nothing. Therefore the changeable fields are the whole body of an
 * update, and a change of any other field replaces the object. `force_new` contains field names, because a value that moves from one
 * field to another is a change as well.
 */
export function restObject(scope: Construct, id: string, props: RestObjectProps): ObjectResource {
  const fields = Object.entries(props.fields);
  const changeable = fields.filter(([name]) => props.changeable.includes(name));
  const fixed = fields.filter(([name]) => !props.changeable.includes(name));
  const body = (of: readonly (readonly [string, unknown])[]) => Fn.jsonencode({ [props.noun]: jsonFields(of) });
  return new ObjectResource(scope, id, {
    path: `/v2.0/${props.collection}`,
    idAttribute: `${props.noun}/id`,
    data: body(fields),
    ...defined({
      updateData: changeable.length === 0 ? undefined : body(changeable),
      forceNew: fixed.length === 0 ? undefined : fixed.map(([name, value]) => `${name}=${String(value)}`),
      dependsOn: props.dependsOn && [...props.dependsOn],
    }),
  });
}
