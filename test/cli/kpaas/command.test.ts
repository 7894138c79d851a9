import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommand, USAGE } from "@groundwork/cli/kpaas/arguments";
import { kpaasCommand } from "@groundwork/cli/kpaas/command";

const output = mkdtempSync(join(tmpdir(), "groundwork-out-"));
for (const [id, names] of [
  ["lab-nhn", ["bastion", "installHost", "domain"]],
  ["lab-site", ["url"]],
] as const) {
  const directory = join(output, "stacks", id);
  mkdirSync(directory, { recursive: true });
  const terraform = { backend: { local: { path: `../${id}.tfstate` } } };
  const declared = Object.fromEntries(names.map((name) => [name, { value: "x" }]));
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform, output: declared }));
}
afterAll(() => {
  rmSync(output, { recursive: true });
});

const statusOf = (stack: string) =>
  kpaasCommand(readCommand(["status", stack]), {
    log: () => undefined,
    password: () => Promise.resolve(""),
    abort: new AbortController().signal,
    output,
    work: output,
  });

describe("npm run kpaas", () => {
  test("parses its arguments, with a timeout of five hours", () => {
    expect(readCommand(["wait", "lab-nhn"])).toMatchObject({ verb: "wait", stack: "lab-nhn", timeoutMinutes: 300 });
    expect(readCommand(["logs", "lab-nhn", "install"], { follow: true, bastion: "203.0.113.5:2222" })).toMatchObject({
      verb: "logs",
      phase: "install",
      follow: true,
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

  test("rejects addresses that ssh would read as something else, and a key that does not exist", () => {
    for (const bastion of ["-oProxyCommand=date", "a b", "ubuntu@203.0.113.5", ""])
      expect(() => readCommand(["wait", "lab-nhn"], { bastion })).toThrow(/--bastion is not an address/);
    expect(() => readCommand(["wait", "lab-nhn"], { identity: "/nowhere" })).toThrow("no key file /nowhere");
  });

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
