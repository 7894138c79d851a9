// @ts-check
// npm run manifests: writes the objects for the Kubernetes API of the lab and of the recommended environment into manifests/, one file each.
import { join } from "node:path";
import { command } from "./command.mjs";
import { codeOf, ROOT } from "./run.mjs";

await command(() => {
  process.env["UPDATE_GOLDEN"] = "1";
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  return codeOf(process.execPath, [jest, "test/golden/manifests.test.ts", "--coverage=false"]);
});
