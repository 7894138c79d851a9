// @ts-check
// Prints the simulated times to deploy and destroy each environment, from the dependency graphs of its stacks, without a cloud.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deploymentsOf, timesText } from "@groundwork/cli/times";
import { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import { environments } from "@groundwork/stacks/environments/index";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = mkdtempSync(join(tmpdir(), "groundwork-times-"));
try {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "stacks/lib/main.js")], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: output },
  });
  if (status !== 0) throw new Error(stderr);
  const times = DeployTimes.typical();
  /** @param {string} environment */
  const stacksOf = (environment) =>
    synthesizedStacks(output, environment).map(({ id, dependencies, json }) => ({
      id,
      dependencies,
      graph: new ResourceGraph(json),
    }));
  console.log(timesText(environments.flatMap(({ name }) => deploymentsOf(name, stacksOf(name), times))));
} finally {
  rmSync(output, { recursive: true, force: true });
}
