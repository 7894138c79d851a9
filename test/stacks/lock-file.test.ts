import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allows, LOCKED, lockFile, writeLockFiles } from "@groundwork/stacks/providers/lock-file";
import { platform } from "@groundwork/tooling/platform";
import { cliConfig, findMirror } from "@groundwork/tooling/terraform/mirror";

const AWS = { source: "aws", version: ">= 5.100.0, < 7.0.0" };

/** A synthesized app with one stack. */
function app(required: object): { readonly output: string; readonly directory: string; readonly lock: string } {
  const output = mkdtempSync(join(tmpdir(), "groundwork-lock-"));
  const directory = join(output, "stacks/lab-site");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  return { output, directory, lock: join(directory, ".terraform.lock.hcl") };
}

describe("lock files of stacks", () => {
  test.each([
    [">= 5.100.0, < 7.0.0", true],
    ["~> 5.100", true],
    ["~> 5.100.0", true],
    ["~> 5", true],
    ["5.100.0", true],
    ["= 5.100.0", true],
    ["<= 5.100", true],
    ["~> 6.0", false],
    ["~> 5.101", false],
    ["~> 5.99.0", false],
    ["> 5.100.0", false],
    ["< 5.100.0", false],
    ["!= 5.100.0", false],
    [">= 6.0.0-beta1", false],
    ["", false],
  ])("%s allows 5.100.0: %s", (constraint, expected) => {
    expect(allows(constraint, "5.100.0")).toBe(expected);
  });

  test("contain the version and the hashes of each locked provider that a stack requires", () => {
    for (const required of [
      { aws: AWS },
      { other: { ...AWS, source: "hashicorp/aws" } },
      { aws: { version: AWS.version } },
    ]) {
      const text = lockFile(required) ?? "";
      expect(text).toContain('provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"');
      for (const hash of LOCKED[0]?.hashes ?? []) expect(text).toContain(`    "${hash}",\n`);
    }
    expect(lockFile({ aws: { ...AWS, version: "~> 6.0" } })).toBeUndefined();
    expect(lockFile({ aws: { ...AWS, source: "example.com/x/aws" } })).toBeUndefined();
    expect(lockFile({})).toBeUndefined();
  });

  test("have hashes of every platform: one for each archive", () => {
    for (const { hashes } of LOCKED) {
      expect(hashes.filter((hash) => /^zh:[0-9a-f]{64}$/.test(hash)).length).toBeGreaterThan(10);
      expect(hashes.filter((hash) => !/^(zh:[0-9a-f]{64}|h1:[\w+/]{43}=)$/.test(hash))).toEqual([]);
      expect(new Set(hashes).size).toBe(hashes.length);
    }
  });

  test("are written next to the configuration of a stack, and never replace an existing one", () => {
    const { output, lock } = app({ aws: AWS });
    writeLockFiles(output);
    expect(readFileSync(lock, "utf8")).toContain("5.100.0");
    writeFileSync(lock, "own");
    writeLockFiles(output);
    expect(readFileSync(lock, "utf8")).toBe("own");
    rmSync(output, { recursive: true });
    expect(() => {
      writeLockFiles(output);
    }).not.toThrow();
  });

  test("contain each provider in the version that the stacks of this repository allow", () => {
    const KUBERNETES = { source: "kubernetes", version: "~> 2.0" };
    const text = lockFile({ aws: AWS, kubernetes: KUBERNETES, helm: { source: "helm", version: "~> 3.0" } }) ?? "";
    expect(
      [...text.matchAll(/^provider "registry\.terraform\.io\/(\S+)" {\n {2}version {5}= "(\S+)"/gm)].map((match) =>
        match.slice(1),
      ),
    ).toEqual([
      ["hashicorp/aws", "5.100.0"],
      ["hashicorp/kubernetes", "2.38.0"],
      ["hashicorp/helm", "3.1.1"],
    ]);
    expect(lockFile({ kubernetes: { ...KUBERNETES, version: "~> 3.0" } })).toBeUndefined();
  });

  const mirror = findMirror(process.env);
  const isInstalled = mirror?.providers.includes("registry.terraform.io/hashicorp/aws") === true;

  // Without the provider on this machine, `terraform init` would download half a gigabyte; the cloud tests do that.
  (isInstalled ? test : test.skip)(
    "make Terraform install these packages, and no others",
    () => {
      const { output, directory, lock } = app({ aws: AWS });
      const settings = join(output, "terraform.rc");
      writeFileSync(settings, cliConfig(mirror === undefined ? [] : [mirror]));
      const init = () =>
        spawnSync("terraform", ["init", "-no-color", "-input=false", "-lockfile=readonly"], {
          cwd: directory,
          env: { ...process.env, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" },
          encoding: "utf8",
        });
      writeLockFiles(output);
      const text = readFileSync(lock, "utf8");
      expect(init()).toMatchObject({ status: 0, stderr: "" });
      expect(readFileSync(lock, "utf8")).toBe(text);

      rmSync(join(directory, ".terraform"), { recursive: true });
      writeFileSync(lock, text.replace(/"h1:.*",/, `"h1:${"A".repeat(43)}=",`));
      const changed = init();
      expect(changed.status).toBe(1);
      expect(changed.stderr).toMatch(/doesn't match any of the\s+checksums/);
      expect(existsSync(join(directory, ".terraform/providers/registry.terraform.io"))).toBe(false);
      rmSync(output, { recursive: true });
    },
    120_000,
  );

  describe("without a hash of the unpacked package", () => {
    /** A mirror with a program of this machine, unpacked or as an archive, and `terraform init` with it. */
    const initFrom = (isPacked: boolean) => {
      const { output, directory, lock } = app({ kubernetes: { source: "kubernetes", version: "~> 2.0" } });
      writeLockFiles(output);
      const provider = join(output, "mirror/registry.terraform.io/hashicorp/kubernetes");
      const folder = join(provider, "2.38.0", platform());
      mkdirSync(folder, { recursive: true });
      const program = join(folder, "terraform-provider-kubernetes_v2.38.0");
      writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
      if (isPacked) {
        const archive = join(provider, `terraform-provider-kubernetes_2.38.0_${platform()}.zip`);
        execFileSync("python3", ["-m", "zipfile", "-c", archive, program]);
        rmSync(join(provider, "2.38.0"), { recursive: true });
      }
      const settings = join(output, "terraform.rc");
      const providers = ["registry.terraform.io/hashicorp/kubernetes"];
      writeFileSync(settings, cliConfig([{ directory: join(output, "mirror"), providers }]));
      const { status, stderr } = spawnSync("terraform", ["init", "-no-color", "-input=false"], {
        cwd: directory,
        env: { ...process.env, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" },
        encoding: "utf8",
      });
      const text = readFileSync(lock, "utf8");
      rmSync(output, { recursive: true });
      return { status, stderr, text };
    };

    (isInstalled ? test : test.skip)("accept an unpacked provider of this machine, and keep all hashes", () => {
      const { status, text } = initFrom(false);
      expect(status).toBe(0);
      expect(text).toMatch(/"h1:/);
      for (const hash of LOCKED.find(({ version }) => version === "2.38.0")?.hashes ?? []) expect(text).toContain(hash);
    });

    (isInstalled ? test : test.skip)("make Terraform reject an archive with another hash", () => {
      const { status, stderr } = initFrom(true);
      expect(status).toBe(1);
      expect(stderr).toMatch(/doesn't match any of the\s+checksums/);
    });
  });
});
