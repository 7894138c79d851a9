import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { Fn, type ITerraformDependable, Lazy } from "cdktf";
import type { Construct } from "constructs";
import { apiCall } from "../api/api-call";
import { jsonFields } from "../api/json-fields";
import type { NetworkApi } from "../api/network-api";
import { ACL_ORDERS } from "../limits";

/** A new ACL, and the resources that must exist before its initial rule is removed. */
export interface InitialRuleProps {
  readonly api: NetworkApi;
  readonly aclId: string;
  /** Current description of the ACL. */
  readonly description: string;
  readonly rules: readonly ITerraformDependable[];
}

/**
 * Accepts 404, because a retry after a lost response finds the rule already removed. `%%` is Terraform's escape of `%`: it would
 * evaluate `%{…}` as a template directive.
 */
const DELETE = `status=$(call --request DELETE --output /dev/null --write-out '%%{http_code}') || exit 1
case "$status" in
  2??|404) ;;
  *) echo "the rule that lets everything through could not be removed: HTTP $status" >&2; exit 1 ;;
esac`;

/**
 * Removes the rule that every new ACL starts with and that allows all traffic.
 *
 * Its id is only known from the rule list of the new ACL. `InitialRules` reads that list: a provider that reads after writing keeps
 * the first response permanently. The request itself sets the description that the ACL already has.
 */
export function removeInitialRule(
  scope: Construct,
  { api, aclId, description, rules }: InitialRuleProps,
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
    data: Fn.jsonencode({ acl: jsonFields(Object.entries({ description })) }),
    forceNew: [aclId],
    lifecycle: { ignoreChanges: ["data"] },
  });
  const ruleId = initialRuleId(initial);
  return apiCall(scope, "Enforcement", {
    api,
    path: `/v2.0/acl_rules/${ruleId}`,
    script: DELETE,
    triggers: { acl: aclId, rule: ruleId },
    dependsOn: rules,
  });
}

/** Lazy, because the resource's name may still be overridden; text, because CDKTF has no `for` expression. */
function initialRuleId(initial: ObjectResource): string {
  return Lazy.stringValue({
    produce: () =>
      `\${one([for rule in jsondecode(restapi_object.${initial.friendlyUniqueId}.create_response).acl_rules : rule.id if rule.acl_id == restapi_object.${initial.friendlyUniqueId}.object_id && rule.order == ${ACL_ORDERS.initialAllow}])}`,
  });
}
