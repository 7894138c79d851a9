// Prints how long the deployment and destruction of each environment takes, simulated from the graphs of its stacks.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { DeployTimes } = require("@groundwork/constructs/insight/deploy-time/deploy-times");
const { ResourceGraph } = require("@groundwork/constructs/insight/deploy-time/resource-graph");
const { deploymentsOf, timesText } = require("@groundwork/cli/times");
const { synthesizedStacks } = require("@groundwork/tooling/terraform/synthesized");
const { environments } = require("@groundwork/stacks/environments/index");

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
