import { NHN, STANDARD } from "@groundwork/local/openstack/account";
import { type Block, blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { defined } from "@groundwork/constructs/core";
import { objectOf } from "@groundwork/tooling/objects";
import { type Config, declared } from "../declared";
import { localNameOf, providerOf } from "../providers";

const ENDPOINT = "${var.local_openstack_endpoint}";

/** Network API of a region of NHN Cloud. Source: docs.nhncloud.com, "Network > VPC > API guide". */
const NHN_NETWORK = /https:\/\/[a-z0-9]+-api-network-infrastructure\.nhncloudservice\.com/g;

/** Identity of NHN Cloud, of all of its regions. */
const NHN_IDENTITY = /\.(?:nhncloudservice|toast)\.com|\/nhn\/identity/;

/** Whether an address is the network API of NHN Cloud. */
export function isNhnAddress(address: string): boolean {
  return new RegExp(NHN_NETWORK.source).test(address);
}

/** An OpenStack provider that connects to the local OpenStack or NHN Cloud; user and password are in variables of the environment. */
export function localOpenstackProvider({ alias, auth_url: authUrl, use_octavia }: Block): Block {
  const isNhn = typeof authUrl === "string" && NHN_IDENTITY.test(authUrl);
  const { identity, region } = isNhn ? NHN : STANDARD;
  return { ...defined({ alias, use_octavia }), auth_url: `${ENDPOINT}${identity}`, region };
}

/** A REST provider that connects to the network API of the local NHN Cloud. */
export function localRestProvider(provider: Block): Block {
  return { ...provider, headers: { ...objectOf(provider["headers"]), "X-Auth-Token": "${var.nhn_token}" } };
}

/** The stack with the addresses of the local NHN Cloud, which programs of the stack receive too, and without regions of resources. */
export function withLocalOpenstack(config: Config): Config {
  const text = JSON.stringify(config).replaceAll(NHN_NETWORK, `${ENDPOINT}${NHN.network}`);
  const copy = JSON.parse(text) as Config;
  for (const { type, block } of declared(copy))
    if (providerOf(copy, localNameOf(type, block["provider"])) === "openstack" && "region" in block)
      // The provider's region: an emulator has one.
      delete (block as Record<string, unknown>)["region"];
  return copy;
}

/** Whether the stack uses OpenStack or NHN Cloud. */
export function usesOpenstack(config: Config): boolean {
  return Object.entries(objectOf(config["provider"])).some(
    ([name, blocks]) => blocksOf(blocks).length > 0 && ["openstack", "restapi"].includes(providerOf(config, name)),
  );
}
