import { unsupported, unsupportedType } from "@groundwork/cli/prove/unsupported";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesized } from "../../support/fixture";
import { stackOf, stacks } from "../../support/stacks";
import { synthesizedApp } from "../../support/synthesized-app";

/** The problems of the first stack. */
function problems(configs: Readonly<Record<string, object>>, ...values: readonly string[]): readonly string[] {
  const all = synthesizedStacks(synthesizedApp(configs));
  const stack = all.find(({ id }) => id === Object.keys(configs)[0]);
  return stack === undefined ? ["no stack"] : unsupported(stack, all, new Set(values));
}

const resource = (type: string, block: object = {}) => ({ shop: { resource: { [type]: { One: block } } } });

describe("unsupported", () => {
  test.each(stacks.map(({ node }) => node.id))("finds nothing in %s of this repository", (id) => {
    expect(problems({ [id]: synthesized(stackOf(id)) }, "nhn_token", "local_kubernetes_token")).toEqual([]);
  });

  test.each([
    ["aws_lambda_function", "the local cloud does not have the service lambda"],
    ["google_compute_network", "the local cloud does not have the provider google"],
    ["kubernetes_stateful_set_v1", "the local Kubernetes does not have the resource type kubernetes_stateful_set_v1"],
    ["kubernetes_constructor", "the local Kubernetes does not have the resource type kubernetes_constructor"],
    ["openstack_dns_zone_v2", "the local OpenStack does not have this service"],
  ])("rejects %s", (type, problem) => {
    expect(problems(resource(type))).toEqual([`${type}.One: ${problem}`]);
  });

  test.each([
    "random_id",
    "terraform_data",
    "tls_private_key",
    "null_resource",
    "time_sleep",
    "aws_vpc",
    "helm_release",
  ])("accepts %s", (type) => {
    expect(problems(resource(type))).toEqual([]);
  });

  test("names the path of the construct, and data sources", () => {
    const metadata = { "//": { metadata: { path: "shop/Queue/Resource" } } };
    expect(problems({ shop: { data: { aws_sqs_queue: { Queue: metadata } } } })).toEqual([
      "data.aws_sqs_queue.Queue (shop/Queue/Resource): the local cloud does not have the service sqs",
    ]);
    expect(problems({ shop: { data: { kubernetes_nodes: { All: {} } } } })).toEqual([
      "data.kubernetes_nodes.All: the local Kubernetes does not have the data source kubernetes_nodes",
    ]);
  });

  test.each([{ count: 0 }, { count: "${var.enabled ? 1 : 0}" }, { for_each: "${toset([])}" }])(
    "leaves %p to the plan",
    (block) => {
      expect(problems(resource("aws_lambda_function", block))).toEqual([]);
    },
  );

  test("rejects what is certainly created with a count", () => {
    expect(problems(resource("aws_lambda_function", { count: 2 }))).toHaveLength(1);
  });

  test.each(["remote-exec", "file"])("rejects the provisioner %s, for which a machine would have to run", (name) => {
    expect(problems(resource("aws_instance", { provisioner: [{ [name]: {} }] }))).toEqual([
      `aws_instance.One: its provisioner ${name} connects to a machine, and no machine runs in the local cloud`,
    ]);
    expect(problems(resource("terraform_data", { provisioner: [{ "local-exec": { command: "true" } }] }))).toEqual([]);
  });

  test("rejects a REST API that is not the one of NHN Cloud", () => {
    const rest = (uri: string) => ({
      shop: { provider: { restapi: [{ uri }] }, resource: { restapi_object: { One: {} } } },
    });
    expect(problems(rest("https://api.example.com"))).toEqual([
      "restapi_object.One: the local cloud has the network API of NHN Cloud, not https://api.example.com",
    ]);
    expect(problems(rest("https://kr1-api-network-infrastructure.nhncloudservice.com"))).toEqual([]);
  });

  test("rejects a variable without a value", () => {
    const variables = { shop: { variable: { owner: { type: "string" }, size: { default: 1 } } } };
    expect(problems(variables)).toEqual(["var.owner: it has no value; set TF_VAR_owner, or add --var owner=<value>"]);
    expect(problems(variables, "owner")).toEqual([]);
  });

  test("rejects the state of a stack of another app", () => {
    const state = { backend: "s3", config: { bucket: "states", key: "network" } };
    const shop = { data: { terraform_remote_state: { Network: state } } };
    expect(problems({ shop })).toEqual([
      "data.terraform_remote_state.Network: it reads the state of a stack that is not in this app",
    ]);
    expect(
      problems({ shop, network: { terraform: { backend: { s3: { bucket: "states", key: "network" } } } } }),
    ).toEqual([]);
  });
});

describe("unsupportedType", () => {
  test.each([
    ["aws_vpc", undefined],
    ["restapi_object", undefined],
    ["aws_lambda_function", "the local cloud does not have the service lambda"],
    ["azurerm_vnet", "the local cloud does not have the provider azurerm"],
  ])("%s: %p", (type, problem) => {
    expect(unsupportedType(type, {})).toBe(problem);
  });
});
