import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { RestapiProvider } from "@cdktf/provider-restapi/lib/provider";
import type { NetworkApi } from "@groundwork/constructs/nhn/network-api";
import { ApiToken } from "@groundwork/constructs/nhn/network-api";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import { localVariable } from "./local-variable";

/** One identity service answers for all regions of NHN Cloud. */
const NHN_IDENTITY = "https://api-identity-infrastructure.nhncloudservice.com/v2.0";

/** Makes the provider of a stack on an OpenStack of anybody's. User, password and project come from the environment (`OS_*`). */
export function makeOpenstackProvider(stack: TerraformStack, { aws, openstack }: Environment): OpenstackProvider {
  const authUrl = aws.cloud === "local" ? `${localEndpoint(stack)}/openstack/identity/v3` : openstack.authUrl;
  return new OpenstackProvider(stack, "openstack", { authUrl, region: openstack.region });
}

/**
 * Makes the providers of a stack on NHN Cloud: OpenStack's for machines, the REST one for the network API, which no
 * provider has. The token of that API is an ephemeral variable; `npm run nhn` makes it.
 */
export function makeNhnProviders(stack: TerraformStack, { aws, nhn: { region } }: Environment): NetworkApi {
  const isLocal = aws.cloud === "local";
  const authUrl = isLocal ? `${localEndpoint(stack)}/nhn/identity/v2.0` : NHN_IDENTITY;
  const openstack = new OpenstackProvider(stack, "openstack", { authUrl, region: region.name });
  // Later versions no longer know the services that NHN Cloud has. By an override: of both ranges the bindings know what is in both.
  openstack.addOverride("use_octavia", false);
  stack.addOverride("terraform.required_providers.openstack.version", "~> 1.54");
  const url = isLocal ? `${localEndpoint(stack)}/nhn/network` : region.networkUrl;
  const token = new ApiToken(stack).stringValue;
  const provider = new RestapiProvider(stack, "restapi", { uri: url, createReturnsObject: true });
  const rereading = new RestapiProvider(stack, "restapi-rereading", { alias: "rereading", uri: url });
  // By an override: CDKTF would make x_auth_token of the header's name.
  for (const one of [provider, rereading]) one.addOverride("headers", { "X-Auth-Token": token });
  return { region, url, token, rereading };
}

/** Address of the local OpenStack and NHN Cloud. */
function localEndpoint(stack: TerraformStack): string {
  return localVariable(stack, "local_openstack_endpoint", {
    default: "http://127.0.0.1:4567",
    description: "address of the local OpenStack and NHN Cloud",
  });
}
