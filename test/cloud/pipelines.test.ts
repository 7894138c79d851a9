import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { python, ensurePython } from "@groundwork/tooling/python";
import { defined } from "@groundwork/constructs/core/defined";
import { Publishing } from "@groundwork/constructs/gitlab/pipeline/site/publishing";
import { raceTrack } from "../../examples/race-track";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { LocalCloud } from "./support/local-cloud";
import { PipelineRun } from "./support/pipeline-run";

/** Start and end times of the steps of a race in seconds, by `<step>_<car>`. */
type Times = ReadonlyMap<string, { readonly began: number; readonly ended: number }>;

describe("race.yml", () => {
  const cars = [1, 2, 3, 4, 5, 6];
  let run: PipelineRun;
  let times: Times;

  beforeAll(async () => {
    // gitlab-ci-local runs jobs in batches; test/cloud/race-track.test.ts covers fast chains that overtake slow ones. Each build waits
    // until all six builds and the announcement have started: if one of them waited for another, all would time out.
    const allStarted = '[ "$(grep -cE "began (build|announce)" race.log)" -ge 7 ]';
    const track = raceTrack(6, {
      work: (step, car) => [
        `echo "$(date +%s.%N) began ${step}_${car}" >> race.log`,
        step === "build" ? `timeout 120 bash -c 'until ${allStarted}; do sleep 0.1; done'` : "sleep 0.1",
        `echo "$(date +%s.%N) ended ${step}_${car}" >> race.log`,
      ],
    });
    // The announcement also writes its start, to be compared with the cars.
    const pipeline = track
      .render()
      .replace('echo "6 cars are coming"', 'echo "$(date +%s.%N) began announce" >> race.log');
    run = new PipelineRun(pipeline);
    const { code, output } = await run.run();
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
    times = timesOf(readFileSync(join(run.directory, "race.log"), "utf8"));
  });
  afterAll(() => {
    run.remove();
  });

  const at = (name: string) => times.get(name) ?? { began: NaN, ended: NaN };

  test("runs every step of every car after its previous step", () => {
    for (const car of cars) {
      expect(at(`test_${car}`).began).toBeGreaterThan(at(`build_${car}`).ended);
      expect(at(`race_${car}`).began).toBeGreaterThan(at(`test_${car}`).ended);
    }
  });

  test("runs the six chains concurrently", () => {
    const lastStart = Math.max(...cars.map((car) => at(`build_${car}`).began));
    const firstEnd = Math.min(...cars.map((car) => at(`build_${car}`).ended));
    expect(lastStart).toBeLessThan(firstEnd);
  });

  test("starts a job of the last stage with empty needs immediately", () => {
    expect(at("announce").began).toBeLessThan(Math.min(...cars.map((car) => at(`build_${car}`).ended)));
  });
});

describe("site.yml", () => {
  const bucket = "my-static-website-111122223333";
  let cloud: LocalCloud;
  let run: PipelineRun;

  beforeAll(async () => {
    run = new PipelineRun(sitePipeline({ region: "us-west-2", build: "npm run build" }).render(), SITE);
    await ensurePython(() => undefined);
    cloud = await LocalCloud.start();
    const region = "<LocationConstraint>us-west-2</LocationConstraint>";
    await s3(cloud, "PUT", `/${bucket}`, `<CreateBucketConfiguration>${region}</CreateBucketConfiguration>`);
    // A public website like that of the site stack.
    const index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    await s3(cloud, "PUT", `/${bucket}?website`, `<WebsiteConfiguration>${index}</WebsiteConfiguration>`);
    const read = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
    await s3(cloud, "PUT", `/${bucket}?policy`, JSON.stringify({ Version: "2012-10-17", Statement: [read] }));
    // The AWS CLI is part of the Python environment of the emulators.
    run.write(".bin/aws", `#!/bin/sh\nexec ${python()} -m awscli "$@"\n`, 0o755);
  });
  afterAll(async () => {
    run.remove();
    await (cloud as LocalCloud | undefined)?.stop();
  });

  const environment = () => ({
    SITE_BUCKET: bucket,
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: "/dev/null",
  });

  test("installs, builds and mirrors the site into its bucket, and deletes files that the build no longer has", async () => {
    await s3(cloud, "PUT", `/${bucket}/old.html`, "old");
    const { code, output } = await run.run(environment());
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({ status: 200, body: "<h1>site 1</h1>" });
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({
      type: expect.stringContaining("text/html"),
    });
    expect(await s3(cloud, "GET", `/${bucket}/old.html`)).toMatchObject({ status: 404 });
    expect(await website(cloud, bucket, "/")).toEqual({ status: 200, body: "<h1>site 1</h1>" });
    expect(await website(cloud, bucket, "/old.html")).toMatchObject({ status: 404 });
  });

  test("sets long caching for hashed assets and revalidation for all other files", async () => {
    const publishing = Publishing.immutable("static/*", "*.js");
    const pipeline = sitePipeline({ region: "us-west-2", build: "npm run build", publishing });
    const hashed = new PipelineRun(pipeline.render(), {
      ...SITE,
      "build.js": `${SITE["build.js"]}
    mkdirSync("public/static", { recursive: true });
    writeFileSync("public/static/app.4f3a.css", "h1 { color: red }");
    writeFileSync("public/app-4f3a.js", "1");`,
    });
    hashed.write(".bin/aws", readFileSync(join(run.directory, ".bin/aws"), "utf8"), 0o755);
    await s3(cloud, "PUT", `/${bucket}/static/app.0000.css`, "of the previous build");
    const { code, output } = await hashed.run(environment());
    hashed.remove();
    expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
    const caching = async (key: string) => (await s3(cloud, "GET", `/${bucket}/${key}`)).caching;
    for (const key of ["static/app.4f3a.css", "app-4f3a.js"])
      expect(await caching(key)).toBe("public,max-age=31536000,immutable");
    for (const key of ["index.html", "page-data/app-data.json"])
      expect(await caching(key)).toBe("public,max-age=0,must-revalidate");
    expect(await s3(cloud, "GET", `/${bucket}/static/app.0000.css`)).toMatchObject({ status: 404 });
  });

  test("fails without deleting when the build created no start page", async () => {
    run.write("build.js", "require('fs').rmSync('public', { recursive: true, force: true });");
    const { code, output } = await run.run(environment());
    expect(code).not.toBe(0);
    expect(output).toContain("test -s public/index.html");
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({ status: 200 });
  });

  test("fails without deleting when the bucket variable is empty", async () => {
    run.write("build.js", SITE["build.js"]);
    const { code } = await run.run({ ...environment(), SITE_BUCKET: "" });
    expect(code).not.toBe(0);
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({ status: 200 });
  });
});

/** A minimal site that npm can install and build. */
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
    mkdirSync("public/page-data", { recursive: true });
    writeFileSync("public/index.html", "<h1>site 1</h1>");
    writeFileSync("public/page-data/app-data.json", "{}");
  `,
};

function timesOf(log: string): Times {
  const times = new Map<string, { began: number; ended: number }>();
  for (const [, at = "", event = "", name = ""] of log.matchAll(/^([\d.]+) (began|ended) (\w+)$/gm))
    times.set(name, { ...(times.get(name) ?? { began: NaN, ended: NaN }), [event]: Number(at) });
  return times;
}

async function s3(cloud: LocalCloud, method: string, path: string, body?: string) {
  const response = await fetch(`${cloud.endpoint}${path}`, {
    method,
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20000101/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=0",
    },
    ...defined({ body }),
  });
  const [type, caching] = ["content-type", "cache-control"].map((name) => response.headers.get(name));
  return { status: response.status, type, caching, body: await response.text() };
}

/** Anonymous request to the website of a bucket. The Host header selects the website in the local cloud. */
function website({ endpoint }: LocalCloud, bucket: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${bucket}.s3-website-us-west-2.amazonaws.com` };
    const outgoing = request(`${endpoint}${path}`, { headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    outgoing.on("error", reject).end();
  });
}
