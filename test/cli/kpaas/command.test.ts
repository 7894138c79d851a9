import { rmSync } from "node:fs";
import { kpaasCommand } from "@groundwork/cli/kpaas/command";
import { synthesizedApp } from "../../support/synthesized-app";

const declared = (...names: readonly string[]) => ({
  output: Object.fromEntries(names.map((name) => [name, { value: "x" }])),
});
const output = synthesizedApp({
  "lab-nhn": {
    terraform: { backend: { local: { path: "../lab-nhn.tfstate" } } },
    ...declared("bastion", "installHost", "domain"),
  },
  "lab-site": { terraform: { backend: { local: { path: "../lab-site.tfstate" } } }, ...declared("url") },
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

const statusOf = (stack: string) =>
  kpaasCommand(
    { verb: "status", stack },
    {
      log: () => undefined,
      password: () => Promise.resolve(""),
      abort: new AbortController().signal,
      output,
      work: output,
    },
  );

describe("groundwork kpaas", () => {
  test("rejects a stack that does not exist, that has no cluster, and that is not deployed", async () => {
    await expect(statusOf("lap-nhn")).rejects.toThrow('no stack "lap-nhn"; stacks with a K-PaaS cluster: lab-nhn');
    await expect(statusOf("lab-site")).rejects.toThrow(
      "lab-site has no K-PaaS cluster; stacks with a K-PaaS cluster: lab-nhn",
    );
    await expect(statusOf("lab-nhn")).rejects.toThrow(
      "the state of lab-nhn contains no deployment: npx cdktf deploy 'lab-nhn'",
    );
  });
});
