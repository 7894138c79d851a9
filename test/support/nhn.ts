import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { RestapiProvider } from "@groundwork/provider-restapi/lib/provider";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { ApiToken, type NetworkApi } from "@groundwork/constructs/nhn/api/network-api";
import { Region } from "@groundwork/constructs/nhn/region";
import { Vpc } from "@groundwork/constructs/nhn/network/vpc";
import { App, TerraformStack } from "cdktf";
import { type Block, resources } from "./fixture";

/** A stack with the providers for NHN Cloud, and the network API of its constructs. */
export function nhnStack(region = Region.KR1): { stack: TerraformStack; api: NetworkApi } {
  const stack = new TerraformStack(new App({ outdir: join(tmpdir(), "groundwork-test") }), "test");
  const token = new ApiToken(stack).stringValue;
  const url = region.networkUrl;
  const provider = new RestapiProvider(stack, "restapi", { uri: url, createReturnsObject: true });
  const rereading = new RestapiProvider(stack, "restapi-rereading", { alias: "rereading", uri: url });
  // CDKTF would convert the header's name to x_auth_token.
  for (const restapi of [provider, rereading]) restapi.addOverride("headers", { "X-Auth-Token": token });
  new OpenstackProvider(stack, "openstack", { region: region.name });
  return { stack, api: { region, url, token, rereading } };
}

/** A stack with the lab's VPC. */
export function vpcStack(region = Region.KR1): { stack: TerraformStack; api: NetworkApi; vpc: Vpc } {
  const { stack, api } = nhnStack(region);
  return { stack, api, vpc: new Vpc(stack, "Vpc", { api, cidr: Cidr.parse("172.31.0.0/16") }) };
}

/** An object of the network API, as its resource requests it. */
export interface ApiObject {
  readonly block: Block;
  /** Fields of the creation request. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields of the update request. */
  readonly changeable: Readonly<Record<string, unknown>> | undefined;
}

/** The objects of a kind, for example `acl_rule`, in the order of their addresses. */
export function objects(stack: TerraformStack, noun: string): readonly ApiObject[] {
  return resources(stack, ObjectResource)
    .filter((block) => block["id_attribute"] === `${noun}/id` && block["object_id"] === undefined)
    .map((block) => ({
      block,
      fields: encoded(block["data"])[noun] as ApiObject["fields"],
      changeable:
        block["update_data"] === undefined
          ? undefined
          : (encoded(block["update_data"])[noun] as ApiObject["changeable"]),
    }));
}

/** The only object of a kind. */
export function object(stack: TerraformStack, noun: string): ApiObject {
  const [only, ...others] = objects(stack, noun);
  if (only === undefined || others.length > 0) throw new Error(`expected one ${noun}, found ${others.length}`);
  return only;
}

/** An attachment or association, by the last segment of its path. */
export function action(stack: TerraformStack, name: string): Block {
  const found = resources(stack, ObjectResource).find((block) => String(block["create_path"]).endsWith(`/${name}`));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/**
 * The argument of `jsonencode` as CDKTF writes it: HCL syntax with equals signs, and references without quotes, which are returned
 * as text.
 */
export function encoded(expression: unknown): Record<string, unknown> {
  const [, given = ""] = /^\$\{jsonencode\((.*)\)\}$/s.exec(String(expression)) ?? [];
  const json = given
    .replace(
      /("\w+") = (?!["{\d]|true|false)([^,}]+)/g,
      (_, key: string, reference: string) => `${key}: "${reference}"`,
    )
    .replace(/("\w+") = /g, "$1: ");
  return JSON.parse(json) as Record<string, unknown>;
}
