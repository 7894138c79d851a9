import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { python, ensurePython } from "@groundwork/tooling/python";
import { Publishing } from "@groundwork/constructs/gitlab/pipeline/publishing";
import { raceTrack } from "@groundwork/constructs/gitlab/pipeline/race-track";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site-pipeline";
import { LocalCloud } from "./support/local-cloud";
import { PipelineRun } from "./support/pipeline-run";

/** When the steps of a race began and ended, in seconds, by `<step>_<car>`. */
type Times = ReadonlyMap<string, { readonly began: number; readonly ended: number }>;

describe("race.yml", () => {
  const cars = [1, 2, 3, 4, 5, 6];
  let run: PipelineRun;
  let times: Times;

  beforeAll(async () => {
    // gitlab-ci-local runs in waves; that fast chains overtake slow ones is shown by test/local/gitlab. Each build waits until all
    // six and the announcement have begun: if one of them waited for another, all would wait for ever, however slow the machine.
    const met = '[ "$(grep -cE "began (build|announce)" race.log)" -ge 7 ]';
    const track = raceTrack(6, {
      work: (step, car) => [
        `echo "$(date +%s.%N) began ${step}_${car}" >> race.log`,
        step === "build" ? `timeout 120 bash -c 'until ${met}; do sleep 0.1; done'` : "sleep 0.1",
        `echo "$(date +%s.%N) ended ${step}_${car}" >> race.log`,
      ],
    });
    // The one job that is not a car's writes, too, so that its start can be held against theirs.
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

  test("runs every step of every car after the one before it", () => {
    for (const car of cars) {
      expect(at(`test_${car}`).began).toBeGreaterThan(at(`build_${car}`).ended);
      expect(at(`race_${car}`).began).toBeGreaterThan(at(`test_${car}`).ended);
    }
  });

  test("runs the six chains at once", () => {
    const lastStart = Math.max(...cars.map((car) => at(`build_${car}`).began));
    const firstEnd = Math.min(...cars.map((car) => at(`build_${car}`).ended));
    expect(lastStart).toBeLessThan(firstEnd);
  });

  test("starts a job of the last stage that needs nothing at once", () => {
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
    // A website as the site's stack makes it: whoever asks its address is answered.
    const index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    await s3(cloud, "PUT", `/${bucket}?website`, `<WebsiteConfiguration>${index}</WebsiteConfiguration>`);
    const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
    await s3(cloud, "PUT", `/${bucket}?policy`, JSON.stringify({ Version: "2012-10-17", Statement: [everybody] }));
    // AWS's own client: the emulators' Python environment has it.
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

  test("installs, builds and mirrors the site into its bucket, and takes away what the build no longer has", async () => {
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

  test("lets browsers keep what is named by its content, and ask for everything else", async () => {
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
    await s3(cloud, "PUT", `/${bucket}/static/app.0000.css`, "of the last build");
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

  test("fails, and deletes nothing, when the build made no start page", async () => {
    run.write("build.js", "require('fs').rmSync('public', { recursive: true, force: true });");
    const { code, output } = await run.run(environment());
    expect(code).not.toBe(0);
    expect(output).toContain("test -s public/index.html");
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({ status: 200 });
  });

  test("fails, and deletes nothing, when nothing says which bucket", async () => {
    run.write("build.js", SITE["build.js"]);
    const { code } = await run.run({ ...environment(), SITE_BUCKET: "" });
    expect(code).not.toBe(0);
    expect(await s3(cloud, "GET", `/${bucket}/index.html`)).toMatchObject({ status: 200 });
  });
});

/** A site as small as one can be that npm installs and builds. */
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
  for (const [, at = "", what = "", name = ""] of log.matchAll(/^([\d.]+) (began|ended) (\w+)$/gm))
    times.set(name, { ...(times.get(name) ?? { began: NaN, ended: NaN }), [what]: Number(at) });
  return times;
}

async function s3(cloud: LocalCloud, method: string, path: string, body?: string) {
  const answer = await fetch(`${cloud.endpoint}${path}`, {
    method,
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20000101/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=0",
    },
    ...(body === undefined ? {} : { body }),
  });
  const [type, caching] = ["content-type", "cache-control"].map((name) => answer.headers.get(name));
  return { status: answer.status, type, caching, body: await answer.text() };
}

/** What a bucket's website answers to anybody. Its name leads to the local cloud only by the header. */
function website({ endpoint }: LocalCloud, bucket: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${bucket}.s3-website-us-west-2.amazonaws.com` };
    const asked = request(`${endpoint}${path}`, { headers }, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    asked.on("error", reject).end();
  });
}
