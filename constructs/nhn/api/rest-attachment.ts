import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

/** An attachment of one object of NHN Cloud's network API to another, in terms of the restapi provider. */
export interface RestAttachmentProps {
  /** Last path segment of the first object's collection, for example `routingtables`. */
  readonly collection: string;
  /** Key of the first object in a response body, for example `routingtable`. */
  readonly noun: string;
  /** Id of the first object. */
  readonly objectId: string;
  /** Role of the second object in the API's actions `attach_<role>` and `detach_<role>`, for example `gateway`. */
  readonly role: string;
  /** Id of the second object. */
  readonly otherId: string;
  /**
   * Whether the first object has the field `<role>_id` only while the two are attached. If so, a plan detects a lost attachment and
   * restores it; otherwise the attachment is assumed to exist as long as the first object does.
   */
  readonly detectsDrift: boolean;
}

/**
 * Attaches an object of NHN Cloud's network API to another. An attachment has no id of its own: it is a state of the first object, set
 * by one call and removed by another.
 */
export function restAttachment(scope: Construct, id: string, props: RestAttachmentProps): ObjectResource {
  const { objectId, otherId, role } = props;
  const path = `/v2.0/${props.collection}`;
  return new ObjectResource(scope, id, {
    path,
    objectId,
    createMethod: "PUT",
    createPath: `${path}/{id}/attach_${role}`,
    ...readArguments(path, props),
    destroyMethod: "PUT",
    destroyPath: `${path}/{id}/detach_${role}`,
    data: Fn.jsonencode({ [`${role}_id`]: otherId }),
    forceNew: [objectId, otherId],
  });
}

/** A list search for a missing field counts as a missing object; reading the object itself would succeed. */
function readArguments(path: string, { collection, noun, objectId, otherId, role, detectsDrift }: RestAttachmentProps) {
  if (!detectsDrift) return { idAttribute: `${noun}/id`, readPath: `${path}/{id}` };
  return {
    idAttribute: "id",
    readPath: path,
    readSearch: {
      query_string: `id=${objectId}`,
      results_key: collection,
      search_key: `${role}_id`,
      search_value: otherId,
    },
  };
}
