// @ts-check
// npm run test:opentofu: applies stacks to the local cloud with OpenTofu, which it builds if it is not installed (about 13 minutes, once).
import { command } from "./command.mjs";
import { codeOf } from "./run.mjs";

await command(
  async () => {
    const { ensureOpentofu } = await import("../tooling/lib/terraform/opentofu.js");
    const { ensurePython } = await import("../tooling/lib/python.js");
    await ensurePython(console.log);
    process.env["GROUNDWORK_OPENTOFU"] = await ensureOpentofu(console.log);
    return codeOf(process.execPath, [
      "node_modules/jest/bin/jest.js",
      "--config",
      "test/cloud/jest.config.js",
      "test/cloud/opentofu.test.ts",
    ]);
  },
  { cloud: true },
);
