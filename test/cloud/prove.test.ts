import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ProofError, prove, type StackResult } from "@groundwork/cli/prove";
import { waitUntil } from "@groundwork/tooling/polling";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, TerraformStack } from "cdktf";
import { ROOT } from "../support/repository";

/** The app of a user, whose stacks are configured for an account and a state that this machine has no access to. */
const APP = `
const { App, S3Backend, TerraformStack, TerraformVariable } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { IamRolePolicyAttachment } = require("@cdktf/provider-aws/lib/iam-role-policy-attachment");
const { LambdaFunction } = require("@cdktf/provider-aws/lib/lambda-function");
const { S3Bucket } = require("@cdktf/provider-aws/lib/s3-bucket");
const { SsmParameter } = require("@cdktf/provider-aws/lib/ssm-parameter");
const { Vpc } = require("@cdktf/provider-aws/lib/vpc");
const app = new App();
function stackOf(id) {
  const stack = new TerraformStack(app, id);
  const assumeRole = [{ roleArn: "arn:aws:iam::999999999999:role/deployer" }];
  new AwsProvider(stack, "aws", { region: "eu-west-1", profile: "production", allowedAccountIds: ["999999999999"], assumeRole });
  stack.addOverride("terraform.required_providers.aws.version", "5.100.0");
  new S3Backend(stack, { bucket: "states", key: id, region: "eu-west-1" });
  return stack;
}
const base = stackOf("base");
const vpc = new Vpc(base, "Vpc", { cidrBlock: "10.0.0.0/16", lifecycle: { preventDestroy: true } });
const owner = new TerraformVariable(base, "owner", { type: "string" });
new SsmParameter(base, "Owner", { name: "/owner", type: "String", value: owner.stringValue });
const reader = stackOf("reader");
new SsmParameter(reader, "Vpc", { name: "/vpc", type: "String", value: vpc.id });
const failing = stackOf("failing");
new S3Bucket(failing, "Bucket", { bucket: "created-before-the-failure" });
new IamRolePolicyAttachment(failing, "Attachment", { role: "missing", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
const changing = stackOf("changing");
new SsmParameter(changing, "Time", { name: "/time", type: "String", value: "\${timestamp()}" });
const functions = stackOf("functions");
new LambdaFunction(functions, "Function", { functionName: "f", role: vpc.arn, filename: "f.zip", handler: "f", runtime: "nodejs22.x" });
app.synth();
`;

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const directory = mkdtempSync(join(tmpdir(), "groundwork prové "));
const runs = join(directory, ".groundwork/prove");

function start(...args: readonly string[]): {
  readonly child: ChildProcess;
  readonly text: string[];
  readonly result: Promise<Result>;
} {
  const child = spawn(process.execPath, [join(ROOT, "cli/bin/groundwork.cjs"), "prove", ...args], { cwd: directory });
  const [out, text]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => out.push(chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => text.push(chunk));
  const result = new Promise<Result>((resolve) => {
    child.once("close", (code) => {
      resolve({ code, out: out.join(""), err: text.join("") });
    });
  });
  return { child, text, result };
}

const stepsOf = (result: StackResult | undefined) =>
  Object.fromEntries((result?.steps ?? []).map(({ name, status }) => [name, status]));
const problemsOf = (result: StackResult | undefined) => (result?.steps ?? []).flatMap(({ problems }) => problems);

const PASSED = { supported: "passed", apply: "passed", plan: "passed", destroy: "passed", "nothing left": "passed" };

describe("groundwork prove", () => {
  beforeAll(() => {
    writeFileSync(join(directory, "cdktf.json"), JSON.stringify({ language: "typescript", app: "node main.js" }));
    writeFileSync(join(directory, "main.js"), APP);
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  /** No state, cloud or copy of a run; the user's output directory does not exist. */
  const expectNothingLeft = () => {
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([]);
    expect(existsSync(join(directory, "cdktf.out"))).toBe(false);
  };

  test("names unsupported services and missing values of all stacks before anything starts", async () => {
    const { code, out, err } = await start("--json").result;
    expect(code).toBe(1);
    const { stacks } = JSON.parse(out) as { stacks: readonly StackResult[] };
    const found = Object.fromEntries(stacks.map((stack) => [stack.stack, stepsOf(stack)["supported"]]));
    expect(found).toMatchObject({ functions: "failed", base: "failed", changing: "skipped" });
    expect(stacks.filter(({ isProven }) => isProven)).toEqual([]);
    expect(stacks.flatMap(problemsOf)).toEqual(
      expect.arrayContaining([
        "aws_lambda_function.Function (functions/Function): the local cloud does not have the service lambda",
        "var.owner: it has no value; set TF_VAR_owner, or add --var owner=<value>",
      ]),
    );
    expect(err).not.toContain("the local cloud runs at");
    expectNothingLeft();
  });

  test("proves a stack with the one that it needs, and reports a changing and a failing one, which is destroyed anyway", async () => {
    const junit = join(directory, "reports/prove.xml");
    const { code, out } = await start("reader", "failing", "changing", "--var", "owner=me", "--json", "--junit", junit)
      .result;
    expect(code).toBe(1);
    const { stacks } = JSON.parse(out) as { stacks: readonly StackResult[] };
    const [base, reader, failing, changing] = ["base", "reader", "failing", "changing"].map((id) =>
      stacks.find(({ stack }) => stack === id),
    );
    expect(stacks).toHaveLength(4);
    expect(problemsOf(base)).toEqual([]);
    expect(base).toMatchObject({ isProven: true, resources: 2 });
    expect(problemsOf(reader)).toEqual([]);
    expect(reader).toMatchObject({ isProven: true, resources: 1 });

    expect(stepsOf(failing)).toEqual({ ...PASSED, apply: "failed", plan: "skipped" });
    expect(problemsOf(failing).join("\n")).toMatch(
      /Role missing not found.*aws_iam_role_policy_attachment\.Attachment/,
    );

    expect(stepsOf(changing)).toEqual({ ...PASSED, plan: "failed" });
    expect(problemsOf(changing).join("\n")).toMatch(/^aws_ssm_parameter\.Time \(changing\/Time\): update of .*value/);

    const report = readFileSync(junit, "utf8");
    expect(report).toContain('<testsuites name="groundwork prove" tests="20" failures="2" skipped="1"');
    expect(report).toContain('<testcase classname="changing" name="plan"');
    expectNothingLeft();
  });

  test("ends all processes and deletes the state when it is interrupted", async () => {
    const { child, text, result } = start("changing", "--json");
    expect(await waitUntil(() => text.join("").includes("changing: applying"), 5 * 60_000)).toBe(true);
    const endpoint = /runs at (\S+)/.exec(text.join(""))?.[1] ?? "";
    await expect(fetch(`${endpoint}/_gateway/health`)).resolves.toMatchObject({ status: 200 });
    child.kill("SIGINT");
    expect(await result).toMatchObject({ code: 130, out: "" });
    await expect(fetch(`${endpoint}/_gateway/health`)).rejects.toThrow("fetch failed");
    expectNothingLeft();
  });
});

describe("prove", () => {
  function appOf(value: string): App {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "groundwork-outdir-")) });
    const stack = new TerraformStack(app, "example");
    new AwsProvider(stack, "aws", { region: "us-west-2" });
    stack.addOverride("terraform.required_providers.aws.version", "5.100.0");
    new SsmParameter(stack, "Parameter", { name: "/example", type: "String", value });
    return app;
  }

  test("returns the results of a stack, and writes nothing into the directory of the app", async () => {
    const app = appOf("constant");
    const lines: string[] = [];
    const [result, ...others] = await prove(app, "example", { log: (line) => void lines.push(line) });
    expect(stepsOf(result)).toEqual(PASSED);
    expect(others).toEqual([]);
    expect(lines).toContain("example: applying");
    expect(readdirSync(join(app.outdir, "stacks"))).toEqual([]);
    expect(existsSync(join(app.outdir, "manifest.json"))).toBe(false);
  });

  test("rejects for a stack that is not proven, with the problems", async () => {
    const app = appOf("constant");
    for (const stack of app.node.findAll().filter((one) => TerraformStack.isStack(one)))
      stack.addOverride("resource.aws_sqs_queue.Queue", { name: "queue" });
    const error = await prove(app, "example").catch((one: unknown) => one as ProofError);
    expect(error).toMatchObject({ name: "ProofError", results: [{ stack: "example", isProven: false }] });
    expect((error as ProofError).message).toBe(
      "example, supported: aws_sqs_queue.Queue: the local cloud does not have the service sqs",
    );
  });
});
