import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Region } from "@groundwork/constructs/aws/region";
import { Fallback } from "@groundwork/constructs/aws/site/distribution/fallback";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { ensurePython, python } from "@groundwork/tooling/python";
import type { Terraform } from "@groundwork/tooling/terraform/terraform";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { createBackend } from "@groundwork/stacks/backend";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { local } from "@groundwork/stacks/environments/local";
import { createAwsProvider } from "@groundwork/stacks/providers/aws";
import { App, TerraformStack } from "cdktf";
import { Browser, type BrowserProgram, browserProgram } from "./support/browser";
import { Edge } from "./support/edge";
import { LocalCloud } from "./support/local-cloud";
import { PipelineRun } from "./support/pipeline-run";

const REGION = Region.of("us-west-2");

/** A page whose script displays the current path, so that a missing or blocked script is detected. */
function page(title: string): string {
  const script = '<script src="/static/app.4f3a.js"></script>';
  return `<!doctype html><h1>${title}</h1><p id="where"></p><a href="/about">about</a>${script}`;
}

const SITE = {
  "package.json": JSON.stringify({ name: "site", version: "1.0.0", scripts: { build: "node build.js" } }),
  "package-lock.json": JSON.stringify({
    name: "site",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: { "": { name: "site", version: "1.0.0" } },
  }),
  "build.js": `
    const { mkdirSync, writeFileSync } = require("fs");
    for (const folder of ["public/about", "public/static"]) mkdirSync(folder, { recursive: true });
    writeFileSync("public/index.html", ${JSON.stringify(page("home"))});
    writeFileSync("public/about/index.html", ${JSON.stringify(page("about us"))});
    writeFileSync("public/404.html", ${JSON.stringify(page("not found"))});
    writeFileSync("public/static/app.4f3a.js", 'document.getElementById("where").textContent = "at " + location.pathname;');
  `,
};

/** A stack with one private site per kind of routing. */
function synthesize(directory: string): SynthesizedStack {
  const outdir = join(directory, "private-site.out");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "private-site");
  const environment = readEnvironment("local.ts", local);
  createBackend(stack, environment);
  createAwsProvider(stack, environment, REGION);
  for (const [id, fallback] of [
    ["Application", Fallback.toIndex()],
    ["Pages", Fallback.page("404.html")],
  ] as const)
    new StaticSite(stack, id, {
      hosting: Hosting.cloudFront({ fallback, waitForDeployment: false }),
      forceDestroy: true,
    });
  app.synth();
  return new SynthesizedStack("private-site", join(outdir, "stacks", "private-site"));
}

/** Attributes of a resource in the state file. */
function attributesOf(stack: SynthesizedStack, type: string, site: string): Readonly<Record<string, unknown>> {
  const { resources } = JSON.parse(readFileSync(stack.stateFile ?? "", "utf8")) as {
    resources: readonly StateResource[];
  };
  const found = resources.find(
    (resource) => resource.type === type && resource.name.startsWith(site) && !resource.name.includes("Logs"),
  );
  return found?.instances[0]?.attributes ?? {};
}

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

const program = browserProgram();

(program === undefined ? describe.skip : describe)("private site, deployed by its pipeline, in a real browser", () => {
  let cloud: LocalCloud;
  let terraform: Terraform;
  let stack: SynthesizedStack;
  let browser: Browser;
  const edges = new Map<string, Edge>();

  beforeAll(async () => {
    await ensurePython(() => undefined);
    browser = await Browser.start(program as BrowserProgram);
    cloud = await LocalCloud.start();
    stack = synthesize(cloud.directory);
    terraform = await cloud.terraform(stack);
    expect((await terraform.apply()).errors).toEqual([]);
    for (const site of ["Application", "Pages"]) {
      await deploy(site);
      edges.set(site, await Edge.of(cloud, String(attributesOf(stack, "aws_cloudfront_distribution", site)["id"])));
    }
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.stop();
    for (const edge of edges.values()) await edge.stop();
    await (cloud as LocalCloud | undefined)?.stop();
  });

  /** Runs the pipeline of the site with the AWS CLI: build, sync, invalidation. */
  async function deploy(site: string): Promise<void> {
    const pipeline = sitePipeline({
      region: REGION.name,
      build: "npm run build",
      distributionId: "$SITE_DISTRIBUTION",
    });
    const run = new PipelineRun(pipeline.render(), SITE);
    run.write(".bin/aws", `#!/bin/sh\nexec ${python()} -m awscli "$@"\n`, 0o755);
    const { code, output } = await run.run({
      SITE_BUCKET: String(attributesOf(stack, "aws_s3_bucket", site)["bucket"]),
      SITE_DISTRIBUTION: String(attributesOf(stack, "aws_cloudfront_distribution", site)["id"]),
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: "/dev/null",
    });
    run.remove();
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
    expect(output).toMatch(/"Status": "(InProgress|Completed)"/);
  }

  const at = (site: string, path: string) => browser.open(`${edges.get(site)?.url ?? ""}${path}`);

  test.each(["/", "/about", "/users/7/orders", "/v1.2/about/"])(
    "application: %s returns the index, and its script reads the path",
    async (path) => {
      const shown = await at("Application", path);
      expect(shown).toMatchObject({ status: 200, url: path, requests: ["200 /static/app.4f3a.js"] });
      expect(shown.text).toMatch(new RegExp(`^home\\s+at ${path}\\s+about$`));
    },
  );

  test("application: a missing file returns 404 and not the index", async () => {
    expect(await at("Application", "/static/app.0000.js")).toMatchObject({ status: 404 });
    expect(await at("Application", "/favicon.ico")).toMatchObject({ status: 404 });
  });

  test.each([
    ["/", "home"],
    ["/about", "about us"],
    ["/about/", "about us"],
  ])("pages: %s is %s", async (path, title) => {
    const shown = await at("Pages", path);
    expect(shown).toMatchObject({ status: 200, url: path, requests: ["200 /static/app.4f3a.js"] });
    expect(shown.text).toMatch(new RegExp(`^${title}\\s+at ${path}\\s`));
  });

  test("pages: a link opens the page of its directory", async () => {
    await at("Pages", "/");
    const shown = await browser.click("a");
    expect(shown).toMatchObject({ status: 200, url: "/about" });
    expect(shown.text).toContain("about us");
  });

  test("pages: a missing page returns the error page of the site with status 404", async () => {
    const shown = await at("Pages", "/no/such/page");
    expect(shown).toMatchObject({ status: 404, url: "/no/such/page" });
    expect(shown.text).toMatch(/^not found\s+at \/no\/such\/page/);
  });

  test("every response has the security headers, and the browser blocks framing of the site", async () => {
    expect((await at("Pages", "/")).headers).toMatchObject({
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=31536000",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
    const framed = `new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.onload = () => { try { resolve(frame.contentDocument?.body?.innerText ?? "blocked") } catch { resolve("blocked") } };
      frame.src = "/about";
      document.body.append(frame);
    })`;
    expect(await browser.evaluate(framed)).toBe("blocked");
  });

  test("only CloudFront can read the bucket", () => {
    const bucket = String(attributesOf(stack, "aws_s3_bucket", "Pages")["bucket"]);
    const policy = String(attributesOf(stack, "aws_s3_bucket_policy", "Pages")["policy"]);
    const { Statement } = JSON.parse(policy) as { Statement: readonly { Effect: string; Principal: unknown }[] };
    expect(bucket).not.toBe("");
    expect(Statement.filter(({ Effect }) => Effect === "Allow").map(({ Principal }) => Principal)).toEqual([
      { Service: "cloudfront.amazonaws.com" },
      { Service: "cloudfront.amazonaws.com" },
    ]);
  });

  test("is destroyed with all its objects", async () => {
    expect((await terraform.destroy()).errors).toEqual([]);
  });
});
