import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { ObjectResource } from "@cdktf/provider-restapi/lib/object-resource";
import { RestapiProvider } from "@cdktf/provider-restapi/lib/provider";
import { Cidr } from "@groundwork/constructs/core/cidr";
import type { NetworkApi } from "@groundwork/constructs/nhn/api/network-api";
import { ApiToken } from "@groundwork/constructs/nhn/api/network-api";
import { Region } from "@groundwork/constructs/nhn/region";
import { Vpc } from "@groundwork/constructs/nhn/network/vpc";
import { App, TerraformStack } from "cdktf";
import type { Block } from "./fixture";
import { resources } from "./fixture";

/** A stack with the providers that NHN Cloud takes, and the API that constructs of it need. */
export function nhnStack(region = Region.KR1): { stack: TerraformStack; api: NetworkApi } {
  const stack = new TerraformStack(new App({ outdir: join(tmpdir(), "groundwork-test") }), "test");
  const token = new ApiToken(stack).stringValue;
  const url = region.networkUrl;
  const provider = new RestapiProvider(stack, "restapi", { uri: url, createReturnsObject: true });
  const rereading = new RestapiProvider(stack, "restapi-rereading", { alias: "rereading", uri: url });
  // CDKTF would make x_auth_token of the header's name.
  for (const one of [provider, rereading]) one.addOverride("headers", { "X-Auth-Token": token });
  new OpenstackProvider(stack, "openstack", { region: region.name });
  return { stack, api: { region, url, token, rereading } };
}

/** A stack with the lab's VPC. */
export function vpcStack(region = Region.KR1): { stack: TerraformStack; api: NetworkApi; vpc: Vpc } {
  const { stack, api } = nhnStack(region);
  return { stack, api, vpc: new Vpc(stack, "Vpc", { api, cidr: Cidr.parse("172.31.0.0/16") }) };
}

/** Something that the network API makes, as it is asked for. */
export interface ApiObject {
  readonly block: Block;
  /** What is sent when it is made. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What is sent when it is changed in place. */
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

/** The calls that are no objects: attachments, associations. By the last part of their path. */
export function action(stack: TerraformStack, name: string): Block {
  const found = resources(stack, ObjectResource).find((block) => String(block["create_path"]).endsWith(`/${name}`));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/**
 * What `jsonencode` is given, as CDKTF writes it: Terraform's way, with equals signs, and references without quotes, which
 * become text here.
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
