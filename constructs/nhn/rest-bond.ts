import { ObjectResource } from "@cdktf/provider-restapi/lib/object-resource";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

/** What the restapi provider has to know to tie an object of NHN's network API to another one. */
export interface RestBondProps {
  /** Last part of the address of all objects of the first one's kind, for example `routingtables`. */
  readonly collection: string;
  /** Name that an answer has around the first one, for example `routingtable`. */
  readonly noun: string;
  /** The first one. */
  readonly objectId: string;
  /** What the other one is to it, as the API says it after `attach_` and `detach_`, for example `gateway`. */
  readonly role: string;
  /** The other one. */
  readonly otherId: string;
  /**
   * Whether the first one has a field for the other one only while they are tied. Then a plan notices where they are not,
   * and ties them again; else a bond counts as standing as long as its object does.
   */
  readonly noticed: boolean;
}

/**
 * Ties an object of NHN's network API to another one. The tie is no object itself but a state of the first: one call ties
 * them and another one unties them.
 */
export function restBond(scope: Construct, id: string, props: RestBondProps): ObjectResource {
  const { objectId, otherId, role } = props;
  const path = `/v2.0/${props.collection}`;
  return new ObjectResource(scope, id, {
    path,
    objectId,
    createMethod: "PUT",
    createPath: `${path}/{id}/attach_${role}`,
    ...reading(path, props),
    destroyMethod: "PUT",
    destroyPath: `${path}/{id}/detach_${role}`,
    data: Fn.jsonencode({ [`${role}_id`]: otherId }),
    forceNew: [objectId, otherId],
  });
}

/** A search of the list for a field that is missing counts as an object that is gone; the object alone would be found. */
function reading(path: string, { collection, noun, objectId, otherId, role, noticed }: RestBondProps) {
  if (!noticed) return { idAttribute: `${noun}/id`, readPath: `${path}/{id}` };
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
