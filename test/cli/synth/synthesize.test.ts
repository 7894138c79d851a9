import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../support/run-cli";
import { appOf, enterProject, leaveProjects } from "../support/project";

afterEach(leaveProjects);

const vpc = {
  provider: { aws: [{ region: "eu-west-1" }] },
  resource: { aws_vpc: { Main: { cidr_block: "10.0.0.0/16" } } },
};
const settings = { app: `"${process.execPath}" app.js` };

describe("groundwork synth", () => {
  test("runs the app of a project whose path has spaces and non-ASCII characters", async () => {
    const directory = enterProject(settings, { "app.js": `console.log("hello");${appOf({ "lab-net": vpc })}` });
    const { code, out, err } = await runCli("synth");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      [
        "hello",
        "aws_vpc.Main in eu-west-1\n10.0.0.0/16  65,536 addresses\n  10.0.0.0/16         free             65,536\n",
        `synthesized 1 stack into ${join(directory, "cdktf.out")}`,
      ].join("\n"),
    );
  });

  test("prints only JSON to standard output with --json", async () => {
    const directory = enterProject(settings, { "app.js": `console.log("hello");${appOf({ "lab-net": vpc })}` });
    const { code, out, err } = await runCli("synth", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "hello" });
    expect(JSON.parse(out)).toEqual({
      output: join(directory, "cdktf.out"),
      stacks: [{ id: "lab-net", directory: join(directory, "cdktf.out/stacks/lab-net"), dependencies: [] }],
      networks: [
        {
          stack: "lab-net",
          network: "aws_vpc.Main",
          region: "eu-west-1",
          blocks: ["10.0.0.0/16"],
          subnets: [],
          free: ["10.0.0.0/16"],
        },
      ],
    });
  });

  test("gives the app the environment that cdktf gives it", async () => {
    const app = `require("fs").writeFileSync("env.json", JSON.stringify(process.env));${appOf({ a: {} })}`;
    const directory = enterProject({ ...settings, context: { a: 1 }, terraformModules: ["./m"] }, { "app.js": app });
    process.env["TF_VAR_secret"] = "planted";
    expect((await runCli("synth")).code).toBe(0);
    delete process.env["TF_VAR_secret"];
    const env = JSON.parse(readFileSync(join(directory, "env.json"), "utf8")) as Record<string, string>;
    expect(env["CDKTF_OUTDIR"]).toBe(join(directory, "cdktf.out"));
    expect(JSON.parse(env["CDKTF_CONTEXT_JSON"] ?? "")).toEqual({ a: 1, cdktfRelativeModules: ["./m"] });
    expect(env["TF_VAR_secret"]).toBeUndefined();
    expect(env["PATH"]).toBe(process.env["PATH"]);
  });

  test("removes the directory of a stack that no longer exists, and writes to another directory on request", async () => {
    const directory = enterProject(settings, { "app.js": appOf({ a: {} }) });
    mkdirSync(join(directory, "other/stacks/old"), { recursive: true });
    expect((await runCli("synth", "--output", "other")).code).toBe(0);
    expect(existsSync(join(directory, "other/stacks/a/cdk.tf.json"))).toBe(true);
    expect(existsSync(join(directory, "other/stacks/old"))).toBe(false);
    expect(existsSync(join(directory, "cdktf.out"))).toBe(false);
  });

  test("asks the app for the requested stacks only, and then keeps the directories of others", async () => {
    const app = `require("fs").writeFileSync("requested", String(process.env.GROUNDWORK_STACKS));`;
    const directory = enterProject(settings, { "app.js": `${app}${appOf({ "lab-a": {}, "lab-b": {}, b: {} })}` });
    const requested = () => readFileSync(join(directory, "requested"), "utf8");
    const other = join(directory, "cdktf.out/stacks/other");
    for (const [args, expected] of [
      [["lab-a", "*b"], "lab-a *b"],
      [["--environment", "lab"], "lab-*"],
      [["--environment", "lab", "lab-a"], "lab-a"],
    ] as const) {
      mkdirSync(other, { recursive: true });
      expect((await runCli("synth", ...args)).code).toBe(0);
      expect(requested()).toBe(expected);
      expect(existsSync(other)).toBe(true);
    }
    expect((await runCli("synth")).code).toBe(0);
    expect(requested()).toBe("undefined");
    expect(existsSync(other)).toBe(false);
  });

  test("fails when the app fails, and when it does not synthesize, even after an earlier synthesis", async () => {
    enterProject(settings, { "app.js": "console.error('broken'); process.exit(3)" });
    const failed = await runCli("synth");
    expect(failed.code).toBe(1);
    expect(failed.out).toBe("broken");
    expect(failed.err).toMatch(/^error: the app failed \(.*app\.js in .*\); its output is above$/);

    const directory = enterProject(settings, { "app.js": appOf({ a: {} }) });
    expect((await runCli("synth")).code).toBe(0);
    writeFileSync(join(directory, "app.js"), "");
    expect((await runCli("synth")).err).toMatch(
      /^error: the app synthesized nothing .*; call synth\(\) at the end of it$/,
    );
  });
});

describe("commands that read the synthesized stacks", () => {
  test("use the last synthesis with --no-synth, and fail without one", async () => {
    const directory = enterProject(settings, { "app.js": `console.log("synthesizing");${appOf({ a: {} })}` });
    const missing = await runCli("times", "--no-synth");
    expect({ ...missing }).toEqual({
      code: 1,
      out: "",
      err: `error: ${join(directory, "cdktf.out")} contains no synthesized stacks; run npx groundwork synth`,
    });
    expect((await runCli("times")).out).toContain("synthesizing");
    const { code, out } = await runCli("times", "--no-synth", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(out) as { name: string }[]).map(({ name }) => name)).toEqual(["a"]);
  });
});
