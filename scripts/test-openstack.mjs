// @ts-check
// npm run test:openstack: deploys the OpenStack stacks to a real OpenStack on this machine. Debian 12 only; no root, no account.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command.mjs";
import { codeOf } from "./run.mjs";

/** Test files; all if empty. */
const selected = process.argv.slice(2);

await command(
  async () => {
    const { unsupportedSystem } = await import("../local/lib/real-openstack/system.js");
    const unsupported = unsupportedSystem();
    if (unsupported !== undefined) {
      console.log(unsupported.reason);
      return unsupported.isDebian && process.env["CI"] === "true" ? 1 : 0;
    }
    const { ensureProviders } = await import("../tooling/lib/terraform/built-providers.js");
    if (!(await ensureProviders(console.log))) return 0;
    const { Interruption } = await import("../tooling/lib/process/interruption.js");
    const interruption = Interruption.listen(console.log);
    try {
      return await runTests(interruption.signal);
    } catch (error) {
      if (interruption.raised) return interruption.exitCode;
      throw error;
    }
  },
  { cloud: true },
);

/** @param {AbortSignal} abort */
async function runTests(abort) {
  const { RealOpenStack, stopRealOpenStack } = await import("../local/lib/real-openstack/real-openstack.js");
  // A short path: those of sockets are limited.
  const directory = mkdtempSync(join(tmpdir(), "groundwork-"));
  const startedAt = Date.now();
  try {
    const cloud = await RealOpenStack.start({ directory, log: console.log, abort });
    console.log(`OpenStack is running after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
    const env = { ...process.env, GROUNDWORK_REAL_OPENSTACK: cloud.authUrl };
    const args = ["node_modules/jest/bin/jest.js", "--config", "test/openstack/jest.config.js", ...selected];
    return await codeOf(process.execPath, args, { env });
  } finally {
    await stopRealOpenStack(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}
