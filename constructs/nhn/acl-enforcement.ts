import { ObjectResource } from "@cdktf/provider-restapi/lib/object-resource";
import type { ITerraformDependable } from "cdktf";
import { Fn, Lazy } from "cdktf";
import type { Construct } from "constructs";
import { apiCall } from "./api-call";
import { ACL_ORDERS } from "./limits";
import type { NetworkApi } from "./network-api";

/** A new ACL, and what has to stand before its first rule goes. */
export interface Enforcement {
  readonly api: NetworkApi;
  readonly aclId: string;
  /** The description that the ACL has. */
  readonly description: string;
  readonly rules: readonly ITerraformDependable[];
}

/**
 * A call that has been made before, and whose answer was lost, finds the rule gone: that is what was wanted. The doubled
 * sign is Terraform's way to write one: what stands in braces behind a single one is its own affair.
 */
const DELETE = `status=$(call --request DELETE --output /dev/null --write-out '%%{http_code}') || exit 1
case "$status" in
  2??|404) ;;
  *) echo "the rule that lets everything through could not be removed: HTTP $status" >&2; exit 1 ;;
esac`;

/**
 * Removes the rule that lets everything through, with which every ACL starts.
 *
 * Its id is known only from the list that a new ACL starts with. The provider keeps the first answer for good where it
 * reads after writing; what it writes here is the description that the ACL has anyway.
 */
export function removeInitialRule(
  scope: Construct,
  { api, aclId, description, rules }: Enforcement,
): ITerraformDependable {
  const initial = new ObjectResource(scope, "InitialRules", {
    provider: api.rereading,
    path: "/v2.0/acls",
    objectId: aclId,
    createMethod: "PUT",
    createPath: "/v2.0/acls/{id}",
    readPath: "/v2.0/acl_rules",
    destroyMethod: "GET",
    destroyPath: "/v2.0/acls/{id}",
    data: Fn.jsonencode({ acl: { description } }),
    forceNew: [aclId],
    lifecycle: { ignoreChanges: ["data"] },
  });
  const ruleId = initialRuleId(initial);
  return apiCall(scope, "Enforcement", {
    api,
    path: `/v2.0/acl_rules/${ruleId}`,
    script: DELETE,
    again: { acl: aclId, rule: ruleId },
    dependsOn: rules,
  });
}

/** Late, because the name of a resource may still be overridden; as text, because CDKTF has no expression with `for`. */
function initialRuleId(initial: ObjectResource): string {
  return Lazy.stringValue({
    produce: () =>
      `\${one([for rule in jsondecode(restapi_object.${initial.friendlyUniqueId}.create_response).acl_rules : rule.id if rule.acl_id == restapi_object.${initial.friendlyUniqueId}.object_id && rule.order == ${ACL_ORDERS.initialAllow}])}`,
  });
}
