import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { partsOf, variablesIn } from "@groundwork/cli/prove/run";
import { regionsOf } from "@groundwork/cli/prove/regions";
import { unimplementedCalls } from "@groundwork/cli/prove/unimplemented-calls";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";
import { enterProject, leaveProjects } from "../support/project";
import { runCli } from "../support/run-cli";

describe("groundwork prove", () => {
  afterEach(leaveProjects);

  test.each(["0", "-1", "abc", "", "Infinity", "100000"])("rejects the timeout %p", async (timeout) => {
    const { code, err } = await runCli("prove", "--timeout", timeout);
    expect(code).toBe(1);
    expect(err).toMatch(/Use a number of minutes up to 1440; npx groundwork prove --help shows the usage$/);
  });

  test("rejects a stack that does not exist, and starts nothing", async () => {
    enterProject({ language: "typescript", app: "node app.js" });
    const output = synthesizedApp({ "lab-network": {} });
    const { code, err } = await runCli("prove", "lab-netwrok", "--no-synth", "--output", output);
    expect(code).toBe(1);
    expect(err).toMatch(/no stack matches "lab-netwrok"; stacks: lab-network$/);
  });

  test("rejects a value without a name", async () => {
    const output = synthesizedApp({ shop: {} });
    const { code, err } = await runCli("prove", "--no-synth", "--output", output, "--var", "owner");
    expect({ code, err }).toEqual({ code: 1, err: "error: --var owner has no value; write --var name=value" });
  });

  test("prints the unsupported types of every stack", async () => {
    const output = synthesizedApp({ shop: { resource: { aws_sqs_queue: { Queue: {} } } }, site: {} });
    const { code, out } = await runCli("prove", "--no-synth", "--output", output);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      "nothing was started: the local cloud cannot run all of the stacks",
      "",
      "shop: not proven, 0 resources",
      "  supported failed: aws_sqs_queue.Queue: the local cloud does not have the service sqs",
      "site: not proven, 0 resources",
      "  supported skipped: another stack cannot be run; prove this one alone",
      "",
      "0 of 2 stacks are proven",
    ]);
  });
});

test("values of variables may contain any characters", () => {
  expect(variablesIn(["a=", "b_c=d=e\nf", "g-h=1"])).toEqual({ TF_VAR_a: "", TF_VAR_b_c: "d=e\nf", "TF_VAR_g-h": "1" });
  expect(() => variablesIn(["1a=b"])).toThrow("--var 1a has no value; write --var name=value");
});

describe("the parts of the local cloud", () => {
  const partsFor = (...configs: readonly object[]) =>
    partsOf(
      synthesizedStacks(synthesizedApp(Object.fromEntries(configs.map((config, index) => [`s${index}`, config])))),
    );

  test.each([
    [[{ provider: { aws: [{}] } }], []],
    [[{ provider: { helm: [{}] } }], ["kubernetes"]],
    [[{ resource: { kubernetes_namespace_v1: { Shop: {} } } }], ["kubernetes"]],
    [
      [{ provider: { restapi: [{}] } }, { resource: { kubernetes_namespace_v1: { Shop: {} } } }],
      ["kubernetes", "openstack"],
    ],
  ])("of %j are %p", (configs, parts) => {
    expect(partsFor(...configs)).toEqual(parts);
  });
});

test.each([
  [{ provider: { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] } }, ["eu-west-1", "us-east-1"]],
  [{ provider: { aws: [{ region: "${var.region}" }] }, variable: { region: { default: "eu-west-3" } } }, ["eu-west-3"]],
  [{ provider: { aws: [{ region: "${var.given}" }] } }, ["ap-south-1"]],
])("the regions of %j are %p", (config, regions) => {
  expect(regionsOf(config, { TF_VAR_given: "ap-south-1" })).toEqual(regions);
});

test("calls that failed within the local cloud are named once", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-log-"));
  expect(unimplementedCalls(directory)).toEqual([]);
  const lines = [
    "200 ec2 DescribeVpcs 3 ms",
    "501 lambda GET /functions 1 ms",
    "500 ec2 CreateX 2 ms",
    "500 ec2 CreateX 1 ms",
  ];
  writeFileSync(join(directory, "gateway.log"), `${lines.join("\n")}\n`);
  expect(unimplementedCalls(directory)).toEqual([
    "the local cloud may not implement: lambda GET /functions returned 501; ec2 CreateX returned 500",
  ]);
});
