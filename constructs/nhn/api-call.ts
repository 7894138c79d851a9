import type { ITerraformDependable, LocalExecProvisioner } from "cdktf";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { NetworkApi } from "./network-api";

/** A call that the restapi provider cannot make: it neither waits nor sends a DELETE in place of a creation. */
export interface ApiCallProps {
  readonly api: NetworkApi;
  /** Path and what follows; may hold expressions. */
  readonly path: string;
  /** Shell text that makes the call. `$URL` is the address, and `call` runs curl with the token. */
  readonly script: string;
  /** What makes the call necessary again, by name. */
  readonly again: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The token goes through a pipe and not as an argument, which every user of the machine could read in the process list. */
const CALL = `call() { printf 'X-Auth-Token: %s' "$NHN_TOKEN" | curl --silent --show-error --max-time 30 --header @- "$@" "$URL"; }`;

/**
 * A call to NHN's network API made by curl where Terraform runs. Nothing of it is kept but the reason for making it; the
 * token comes from an ephemeral variable, and Terraform hides what such a call prints.
 */
export function apiCall(scope: Construct, id: string, props: ApiCallProps): ITerraformDependable {
  const provisioner: LocalExecProvisioner = {
    type: "local-exec",
    command: `${CALL}\n${props.script}`,
    environment: { NHN_TOKEN: props.api.token, URL: `${props.api.url}${props.path}` },
  };
  // CDKTF's own class for it would run Terraform at every synthesis, to ask for its version.
  const resource = new TerraformResource(scope, id, {
    terraformResourceType: "terraform_data",
    provisioners: [provisioner],
    dependsOn: [...props.dependsOn],
  });
  resource.addOverride("triggers_replace", { ...props.again });
  return resource;
}
