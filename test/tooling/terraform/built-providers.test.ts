import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goVersion, programsDirectory } from "@groundwork/tooling/go-programs";
import {
  BUILT_PROVIDERS,
  builtMirrors,
  builtVersion,
  ensureProviders,
  requiring,
} from "@groundwork/tooling/terraform/built-providers";

describe("providers that can be built", () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), "groundwork-providers-")) };
  });

  afterAll(() => {
    process.env = before;
  });

  test("are in no mirror before the build is complete", () => {
    expect(builtMirrors()).toEqual([]);
    for (const { module } of BUILT_PROVIDERS) mkdirSync(programsDirectory(module, "go1.25.0"), { recursive: true });
    expect(builtMirrors()).toEqual([]);
  });

  test("are in Terraform's mirror layout after the build", () => {
    const [openstack] = BUILT_PROVIDERS;
    const go = openstack === undefined ? undefined : goVersion(openstack.module.directory, 24);
    if (openstack === undefined || go === undefined) return;
    const directory = programsDirectory(openstack.module, go);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "groundwork-finished"), "");
    expect(builtMirrors()).toEqual([
      { directory, providers: ["registry.terraform.io/terraform-provider-openstack/openstack"] },
    ]);
    expect(openstack.module.programs[0]?.file).toMatch(
      /^registry\.terraform\.io\/terraform-provider-openstack\/openstack\/1\.54\.1\/\w+\/terraform-provider-openstack_v1\.54\.1$/,
    );
  });

  test("are required in exactly their versions", () => {
    expect(JSON.parse(requiring(BUILT_PROVIDERS))).toEqual({
      terraform: {
        required_providers: {
          openstack: { source: "terraform-provider-openstack/openstack", version: "1.54.1" },
          restapi: { source: "mastercard/restapi", version: "1.20.0" },
        },
      },
    });
    expect(BUILT_PROVIDERS.map(builtVersion)).toEqual(["1.54.1", "1.20.0"]);
  });

  describe("where they are neither installed nor built, and Go is missing", () => {
    let directory: string;
    let lines: string[];

    /** Stand-ins: no Go, and a Terraform that records what it is to install. */
    const useTerraform = (code: number) => {
      directory = process.env["XDG_CACHE_HOME"] ?? "";
      lines = [];
      const terraform = join(directory, "terraform");
      writeFileSync(terraform, `#!/bin/sh\ncat main.tf.json >> ${directory}/calls\nexit ${code}\n`, { mode: 0o755 });
      writeFileSync(join(directory, "go"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
      process.env["PATH"] = `${directory}:${before["PATH"] ?? ""}`;
      process.env["TERRAFORM_BINARY_NAME"] = terraform;
      process.env["TF_PLUGIN_MIRROR"] = directory;
      delete process.env["CI"];
    };

    const log = (line: string) => lines.push(line);

    test("Terraform downloads them, all in one call", async () => {
      useTerraform(0);
      expect(await ensureProviders(log)).toBe(true);
      expect(readFileSync(join(directory, "calls"), "utf8")).toBe(requiring(BUILT_PROVIDERS));
      expect(lines).toEqual([]);
    });

    test("they are skipped with the reason if Terraform cannot download them; in CI that is an error", async () => {
      useTerraform(1);
      expect(await ensureProviders(log)).toBe(false);
      expect(lines).toEqual([
        expect.stringMatching(/^Go ≥ 1\.24 is missing and Terraform cannot download the OpenStack and REST providers/),
      ]);
      process.env["CI"] = "true";
      await expect(ensureProviders(log)).rejects.toThrow("Go ≥ 1.24 is missing");
    });
  });
});
