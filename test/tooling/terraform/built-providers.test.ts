import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goVersion, programsDirectory } from "@groundwork/tooling/go-programs";
import { BUILT_PROVIDERS, builtMirrors, builtVersion, requiring } from "@groundwork/tooling/terraform/built-providers";

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
});
