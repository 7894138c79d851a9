import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { compose } from "@groundwork/stacks/application";
import { readEnvironments } from "@groundwork/stacks/environments/environment";
import { App } from "cdktf";
import { ROOT, textOf } from "../support/repository";
import { dependenciesFirst, dependentsFirst } from "./support/in-order";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied, expectDestroyed } from "./support/round-trip";

/** What a team changes in its copy of production.ts: the placeholders. The sections of other clouds are deleted, as the page describes. */
const OWN: readonly (readonly [RegExp, string])[] = [
  [/111122223333/g, "444455556666"],
  [/203\.0\.113\.0\/24/g, "13.124.7.0/24"],
  [/example\.com/g, "acme.dev"],
  [/Z0123456789ABCDEFGHIJ/g, "Z04812345QWERTYUIOPA"],
  [/00000000-0000-4000-8000-000000000000/g, "3f1c2a4e-5b6d-4e7f-8a9b-0c1d2e3f4a5b"],
  [/\n {2}(?:nhn|openstack): \{\n.*?\n {2}\},/gs, ""],
];

/** The stacks with what two environments of an account could share; test/cloud/production.test.ts deploys the others, too. */
const SIDE_BY_SIDE = /-(eks|site)$/;

/** Kinds of the rows that `check` prints: the images are supplied after the cluster, by the next section of the page. */
function findings(stdout: string): readonly string[] {
  const rows = stdout.split("\n").filter((line) => /^stacks\/environments\/\w+\.ts:\d+/.test(line));
  return rows.map((row) => (/no entry in images\/\w+\.lock\.json/.test(row) ? "image" : row));
}

type Data = Readonly<Record<string, unknown>>;

describe("the path of docs/aws.md", () => {
  const clone = mkdtempSync(join(tmpdir(), "groundwork-clone-"));
  let cloud: LocalCloud;

  beforeAll(async () => {
    for (const name of ["package.json", "cdktf.json", "tsconfig.json", "tsconfig.base.json", "stacks"])
      cpSync(join(ROOT, name), join(clone, name), { recursive: true });
    for (const name of ["bindings", "cli", "constructs", "docs", "local", "node_modules", "scripts", "tooling"])
      symlinkSync(join(ROOT, name), join(clone, name));
    cloud = await LocalCloud.start();
  });

  afterAll(async () => {
    await cloud.stop();
    rmSync(clone, { recursive: true, force: true });
  });

  test("check lists what is to be replaced, and then no mistake", () => {
    const before = page("npx groundwork check production");
    expect(before.status).toBe(1);
    expect(before.stdout).toMatch(/production\.ts:\d+ +aws\.account +placeholder/);
    edit(OWN);
    const after = page("npx groundwork check production");
    expect(after.status).toBe(0);
    expect(findings(after.stdout)).toEqual(["image", "image", "image"]);
  });

  test("new environment adds one with names and blocks of its own in the same account", () => {
    expect(page("npx groundwork new environment staging --from production")).toMatchObject({ status: 0 });
    const { status, stdout } = groundwork("check", "staging");
    expect(status).toBe(0);
    expect(findings(stdout)).toEqual(["image", "image", "image"]);
  });

  test("the order of its deployments is that of the dependencies", () => {
    const stacks = stacksOf(["production"]);
    // The page also shows the order of the lab, whose images come between the cluster and the workloads.
    const order = deployed(textOf("docs/aws.md")).filter((id) => id.startsWith("production-"));
    expect([...order].sort()).toEqual(stacks.map(({ id }) => id).sort());
    for (const { id, dependencies } of stacks)
      expect(dependencies.filter((other) => order.indexOf(other) > order.indexOf(id))).toEqual([]);
  });

  test("production and staging are deployed side by side, and an environment that has a site only; nothing remains", async () => {
    const stacks = stacksOf(["production", "staging", "web"]).filter(({ id }) => SIDE_BY_SIDE.test(id));
    expect(stacks.map(({ id }) => id).sort()).toEqual([
      "production-eks",
      "production-site",
      "staging-eks",
      "staging-site",
      "web-site",
    ]);
    await dependenciesFirst(stacks, (stack) => expectApplied(cloud, stack));
    await dependentsFirst(stacks, (stack) => expectDestroyed(cloud, stack));
    expect(await leftovers(cloud.endpoint, "ap-northeast-2")).toEqual([]);
  });

  /** Runs a command of the page in the clone. */
  function page(command: string) {
    expect(textOf("docs/aws.md")).toContain(command);
    return groundwork(...command.split(" ").slice(2));
  }

  function groundwork(...args: readonly string[]) {
    const bin = join(ROOT, "cli/bin/groundwork.cjs");
    return spawnSync(process.execPath, [bin, ...args], {
      cwd: clone,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  function edit(changes: typeof OWN): void {
    const file = join(clone, "stacks/environments/production.ts");
    writeFileSync(
      file,
      changes.reduce((text, [from, to]) => text.replace(from, to), readFileSync(file, "utf8")),
    );
  }

  /** The stacks of environments of the clone, on the local cloud: without domains and protection from deletion. */
  function stacksOf(names: readonly string[]): readonly SynthesizedStack[] {
    const load = createRequire(join(clone, "package.json"));
    const { environmentData } = load("./stacks/lib/environments/index.js") as { environmentData: Record<string, Data> };
    const { production } = environmentData as Record<string, Record<string, object>>;
    const { name, backend, aws, site } = production ?? {};
    const web = { name: "web", backend, aws, site: { ...site, bucketName: "web-site-{account}" } };
    const all: Record<string, Data> = { ...environmentData, web };
    expect(name).toBe("production");
    const outdir = join(cloud.directory, "cdktf.out");
    mkdirSync(outdir, { recursive: true });
    const app = new App({ outdir });
    compose(app, readEnvironments(Object.fromEntries(names.map((each) => [each, onLocalCloud(all[each] ?? {})]))));
    app.synth();
    return names.flatMap((each) => synthesizedStacks(outdir, each));
  }
});

function onLocalCloud(data: Data): Data {
  // Certificates and roles are in the account of the environment.
  const local: unknown = JSON.parse(JSON.stringify(data).replaceAll("444455556666", "111122223333"));
  const { aws, site, gitlab, ...rest } = local as Record<string, Record<string, Record<string, unknown>>>;
  const { domain: _, ...hosting } = site?.["hosting"] ?? {};
  const server = { ...gitlab?.["server"], dataVolume: { gibibytes: 200, kept: false } };
  return {
    ...rest,
    backend: { type: "local" },
    aws: { ...aws, cloud: "local" },
    site: { ...site, hosting, forceDestroy: true },
    ...(gitlab === undefined ? {} : { gitlab: { ...gitlab, server } }),
  };
}

/** The stacks in the order in which a page deploys them. */
function deployed(text: string): readonly string[] {
  return [...text.matchAll(/^npx cdktf deploy ([^#\n]+)/gm)].flatMap(([, ids = ""]) => ids.trim().split(/\s+/));
}
