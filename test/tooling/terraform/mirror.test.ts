import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfig, findMirror } from "@groundwork/tooling/terraform/mirror";

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
});
