import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfig, findMirror, hasProvider, writeCliConfig } from "@groundwork/tooling/terraform/mirror";

const mirrors = (environment: NodeJS.ProcessEnv) => {
  const found = findMirror(environment);
  return found === undefined ? [] : [found];
};

describe("the Terraform CLI configuration", () => {
  test("takes providers from the mirror and downloads all others", () => {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-mirror-"));
    mkdirSync(join(directory, "registry.terraform.io/hashicorp/aws/5.100.0"), { recursive: true });
    const text = cliConfig(mirrors({ TF_PLUGIN_MIRROR: directory }));
    expect(text).toContain(`path    = ${JSON.stringify(directory)}`);
    expect(text.match(/\["registry\.terraform\.io\/hashicorp\/aws"\]/g)).toHaveLength(2);
  });

  test("downloads all providers without a mirror", () => {
    expect(cliConfig(mirrors({ TF_PLUGIN_MIRROR: "/nowhere" }))).toBe(
      "provider_installation {\n  direct {}\n}\ndisable_checkpoint = true\n",
    );
  });

  test("uses the first of two mirrors with the same provider", () => {
    const text = cliConfig([
      { directory: "/installed", providers: ["r/a/x"] },
      { directory: "/built", providers: ["r/a/x", "r/b/y"] },
      { directory: "/older", providers: ["r/b/y"] },
    ]);
    expect(text).toBe(
      "provider_installation {\n" +
        '  filesystem_mirror {\n    path    = "/installed"\n    include = ["r/a/x"]\n  }\n' +
        '  filesystem_mirror {\n    path    = "/built"\n    include = ["r/b/y"]\n  }\n' +
        '  direct {\n    exclude = ["r/a/x","r/b/y"]\n  }\n' +
        "}\ndisable_checkpoint = true\n",
    );
  });

  test.each([
    ["registry.terraform.io", "registry.opentofu.org"],
    ["registry.opentofu.org", "registry.terraform.io"],
  ])("links a mirror of %s for the program that looks for providers below %s", (host, other) => {
    const [mirror, directory] = ["groundwork mirror ü-", "groundwork-rc-"].map((name) =>
      mkdtempSync(join(tmpdir(), name)),
    );
    mkdirSync(join(String(mirror), host, "hashicorp/aws/5.100.0/linux_amd64"), { recursive: true });
    const found = mirrors({ TF_PLUGIN_MIRROR: mirror });
    expect(found.map((each) => [hasProvider(each, "hashicorp/aws"), hasProvider(each, "hashicorp/helm")])).toEqual([
      [true, false],
    ]);
    for (const round of ["first", "second"]) {
      const text = readFileSync(writeCliConfig(String(directory), found), "utf8");
      expect([round, text]).toEqual([round, expect.stringContaining(`include = ["${host}/hashicorp/aws"]`)]);
      expect(text).toContain(`include = ["${other}/hashicorp/aws"]`);
      const [, link = ""] =
        new RegExp(`path    = ("[^"]+")\\n    include = \\["${other.replaceAll(".", "\\.")}`).exec(text) ?? [];
      expect(existsSync(join(JSON.parse(link) as string, other, "hashicorp/aws/5.100.0/linux_amd64"))).toBe(true);
    }
  });
});
