// @ts-check
// npm run scan: runs checkov on every synthesized stack; fails on findings that cli/scan does not accept with a reason.
import { join } from "node:path";
import { command, synthesize } from "./command.mjs";
import { ROOT } from "./run.mjs";

await command(
  async () => {
    await synthesize();
    const { scan, scanReport } = await import("../cli/lib/scan/scan.js");
    const { ensurePython } = await import("../tooling/lib/python.js");
    const { synthesizedStacks } = await import("../tooling/lib/terraform/synthesized.js");
    const { environments } = await import("../stacks/lib/environments/index.js");
    await ensurePython(console.log);
    const stacks = environments.flatMap(({ name }) => synthesizedStacks(join(ROOT, "cdktf.out"), name));
    const result = await scan(stacks);
    console.log(scanReport(result));
    return result.open.length + result.unused.length > 0 ? 1 : 0;
  },
  { cloud: true },
);
