import { spawnSync } from "node:child_process";
import { ROOT } from "../support/repository";
import { goVersion } from "@groundwork/tooling/go-programs";
import { BUILT_PROVIDERS } from "@groundwork/tooling/terraform/built-providers";

const hasGo = BUILT_PROVIDERS.every(({ module }) => goVersion(module.directory, 24) !== undefined);
const describeWithGo = hasGo || process.env["CI"] === "true" ? describe : describe.skip;

describeWithGo("the bindings", () => {
  test("match the schemas of the real providers", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/bindings.mjs", "--check"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect({ status, text: stdout + stderr }).toMatchObject({ status: 0, text: expect.stringMatching(/, 0 outdated/) });
  });
});
