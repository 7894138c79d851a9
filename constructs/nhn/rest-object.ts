import { ObjectResource } from "@cdktf/provider-restapi/lib/object-resource";
import type { ITerraformDependable } from "cdktf";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

/** What the restapi provider has to know of one object of NHN's network API. */
export interface RestObjectProps {
  /** Last part of the address of all such objects, for example `vpcs`. */
  readonly collection: string;
  /** Name that a body has around the fields, for example `vpc`. */
  readonly noun: string;
  /** What is sent when the object is made. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  /** Fields that the API changes in place. A change of any other makes a new object. */
  readonly changeable: readonly string[];
  /** @default - nothing beyond what the fields mention */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Makes one object of NHN's network API.
 *
 * The provider sees no difference by itself: it would send fields that cannot change, and the API would refuse them; or,
 * kept from sending them, it would report success and change nothing. So what may be changed is the whole body of an
 * update, and every other field stands in the list whose change replaces the object. Fields stand there with their names,
 * since a value that moves from one field to another is a change, too.
 */
export function restObject(scope: Construct, id: string, props: RestObjectProps): ObjectResource {
  const fields = Object.entries(props.fields);
  const changeable = fields.filter(([name]) => props.changeable.includes(name));
  const fixed = fields.filter(([name]) => !props.changeable.includes(name));
  const body = (of: readonly (readonly [string, unknown])[]) => Fn.jsonencode({ [props.noun]: Object.fromEntries(of) });
  return new ObjectResource(scope, id, {
    path: `/v2.0/${props.collection}`,
    idAttribute: `${props.noun}/id`,
    data: body(fields),
    ...(changeable.length === 0 ? {} : { updateData: body(changeable) }),
    ...(fixed.length === 0 ? {} : { forceNew: fixed.map(([name, value]) => `${name}=${value}`) }),
    ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
  });
}
