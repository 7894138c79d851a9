import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { RestapiProvider } from "@groundwork/provider-restapi/lib/provider";
import { ApiToken, type NetworkApi } from "@groundwork/constructs/nhn";
import type { TerraformStack } from "cdktf";
import type { Environment, NhnSettings, OpenstackSettings } from "../environments/environment";
import { localVariable } from "./local-variable";

/** The identity service of all regions of NHN Cloud. */
const NHN_IDENTITY = "https://api-identity-infrastructure.nhncloudservice.com/v2.0";

/** Creates the provider of a stack on a standard OpenStack cloud. It reads user, password and project from `OS_*` variables. */
export function createOpenstackProvider(
  stack: TerraformStack,
  { aws }: Environment,
  openstack: OpenstackSettings,
): OpenstackProvider {
  const authUrl = aws.cloud === "local" ? localAuthUrl(stack) : openstack.authUrl;
  return new OpenstackProvider(stack, "openstack", { authUrl, region: openstack.region });
}

/**
 * Creates the providers of a stack on NHN Cloud: the OpenStack provider for machines, the REST provider for the VPC API, which no
 * provider implements. The token of that API is an ephemeral variable; `groundwork nhn` requests it.
 */
export function createNhnProviders(stack: TerraformStack, { aws }: Environment, { region }: NhnSettings): NetworkApi {
  const isLocal = aws.cloud === "local";
  const authUrl = isLocal ? `${localEndpoint(stack)}/nhn/identity/v2.0` : NHN_IDENTITY;
  const openstack = new OpenstackProvider(stack, "openstack", { authUrl, region: region.name });
  // Provider 2.0 dropped services that NHN Cloud uses. An override, because the bindings contain only what all versions have.
  openstack.addOverride("use_octavia", false);
  stack.addOverride("terraform.required_providers.openstack.version", "~> 1.54");
  const url = isLocal ? `${localEndpoint(stack)}/nhn/network` : region.networkUrl;
  const token = new ApiToken(stack).stringValue;
  const provider = new RestapiProvider(stack, "restapi", { uri: url, createReturnsObject: true });
  const rereading = new RestapiProvider(stack, "restapi-rereading", { alias: "rereading", uri: url });
  // An override, because CDKTF would convert the header's name to x_auth_token.
  for (const one of [provider, rereading]) one.addOverride("headers", { "X-Auth-Token": token });
  return { region, url, token, rereading };
}

/** Endpoint of the local OpenStack and NHN Cloud. */
function localEndpoint(stack: TerraformStack): string {
  return localVariable(stack, "local_openstack_endpoint", {
    default: "http://127.0.0.1:4567",
    description: "address of the local OpenStack and NHN Cloud",
  });
}

/** URL of the identity service of the local OpenStack: the emulated one, or a real one on this machine. */
function localAuthUrl(stack: TerraformStack): string {
  return localVariable(stack, "local_openstack_auth_url", {
    default: "http://127.0.0.1:4567/openstack/identity/v3",
    description: "URL of the identity service of the local OpenStack",
  });
}
