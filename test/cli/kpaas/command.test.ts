import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kpaasCommand, readCommand, USAGE } from "@groundwork/cli/kpaas/command";

const output = mkdtempSync(join(tmpdir(), "groundwork-out-"));
for (const [id, names] of [
  ["lab-nhn", ["bastion", "installHost", "domain"]],
  ["lab-site", ["url"]],
] as const) {
  const folder = join(output, "stacks", id);
  mkdirSync(folder, { recursive: true });
  const terraform = { backend: { local: { path: `../${id}.tfstate` } } };
  const declared = Object.fromEntries(names.map((name) => [name, { value: "x" }]));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform, output: declared }));
}
afterAll(() => {
  rmSync(output, { recursive: true });
});

const doing = (stack: string) =>
  kpaasCommand(readCommand(["status", stack]), {
    say: () => undefined,
    password: () => Promise.resolve(""),
    abort: new AbortController().signal,
    ...{ output, work: output },
  });

describe("npm run kpaas", () => {
  test("reads what it is told, with five hours' patience", () => {
    expect(readCommand(["wait", "lab-nhn"])).toMatchObject({ verb: "wait", stack: "lab-nhn", timeoutMinutes: 300 });
    expect(readCommand(["logs", "lab-nhn", "install"], { follow: true, bastion: "203.0.113.5:2222" })).toMatchObject({
      ...{ verb: "logs", phase: "install", follow: true },
      bastion: { host: "203.0.113.5", port: 2222 },
    });
  });

  test.each([
    [[]],
    [["wait"]],
    [["go", "lab-nhn"]],
    [["wait", "lab-nhn", "install"]],
    [["logs", "lab-nhn", "../../etc/shadow"]],
    [["logs", "lab-nhn", "install", "more"]],
  ])("rejects %j", (words) => {
    expect(() => readCommand(words)).toThrow(USAGE);
  });

  test.each([{ timeout: "0" }, { timeout: "soon" }, { port: "0" }, { port: "70000" }])("rejects %j", (options) => {
    expect(() => readCommand(["wait", "lab-nhn"], options)).toThrow(USAGE);
  });

  test("rejects addresses that ssh would take for something else, and a key that is not there", () => {
    for (const bastion of ["-oProxyCommand=date", "a b", "ubuntu@203.0.113.5", ""])
      expect(() => readCommand(["wait", "lab-nhn"], { bastion })).toThrow(/--bastion is no address/);
    expect(() => readCommand(["wait", "lab-nhn"], { identity: "/nowhere" })).toThrow("there is no key /nowhere");
  });

  test("rejects a stack that is not there, that has no cluster, and that is not deployed", async () => {
    await expect(doing("lap-nhn")).rejects.toThrow(
      'there is no stack "lap-nhn"; with a cluster of K-PaaS there are lab-nhn',
    );
    await expect(doing("lab-site")).rejects.toThrow(
      "lab-site has no cluster of K-PaaS; with a cluster of K-PaaS there are lab-nhn",
    );
    await expect(doing("lab-nhn")).rejects.toThrow(
      "lab-nhn is not deployed, as far as its state tells: npx cdktf deploy 'lab-nhn'",
    );
  });
});
