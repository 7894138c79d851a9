import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfig, findMirror } from "@groundwork/local/terraform/mirror";

describe("Terraform's settings", () => {
  test("take from the mirror what it has and download the rest", () => {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-mirror-"));
    mkdirSync(join(directory, "registry.terraform.io/hashicorp/aws/5.100.0"), { recursive: true });
    const text = cliConfig(findMirror({ TF_PLUGIN_MIRROR: directory }));
    expect(text).toContain(`path    = ${JSON.stringify(directory)}`);
    expect(text.match(/\["registry\.terraform\.io\/hashicorp\/aws"\]/g)).toHaveLength(2);
  });

  test("download everything where there is no mirror", () => {
    expect(cliConfig(findMirror({ TF_PLUGIN_MIRROR: "/nowhere" }))).toBe(
      "provider_installation {\n  direct {}\n}\ndisable_checkpoint = true\n",
    );
  });
});
