import { type ITerraformDependable, type LocalExecProvisioner, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { NetworkApi } from "./network-api";

/** An API call that the restapi provider cannot make: it neither polls nor sends a DELETE on creation. */
export interface ApiCallProps {
  readonly api: NetworkApi;
  /** Path and query; may contain Terraform expressions. */
  readonly path: string;
  /** Shell script that makes the call. `$URL` is the address, and `call` runs curl with the token. */
  readonly script: string;
  /** Values by name; a change of any value repeats the call. */
  readonly triggers: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The token goes through a pipe: every user of the machine could read an argument in the process list. */
const CALL = `call() { printf 'X-Auth-Token: %s' "$NHN_TOKEN" | curl --silent --show-error --max-time 30 --header @- "$@" "$URL"; }`;

/**
 * Calls NHN Cloud's network API with curl on the machine that runs Terraform. State contains only the triggers. The token comes from
 * an ephemeral variable, and Terraform hides the output of such a call.
 */
export function apiCall(scope: Construct, id: string, props: ApiCallProps): ITerraformDependable {
  const provisioner: LocalExecProvisioner = {
    type: "local-exec",
    command: `${CALL}\n${props.script}`,
    environment: { NHN_TOKEN: props.api.token, URL: `${props.api.url}${props.path}` },
  };
  // CDKTF's class for `terraform_data` runs Terraform at every synthesis to read its version.
  const resource = new TerraformResource(scope, id, {
    terraformResourceType: "terraform_data",
    provisioners: [provisioner],
    dependsOn: [...props.dependsOn],
  });
  resource.addOverride("triggers_replace", { ...props.triggers });
  return resource;
}
