import { runCli } from "../support/run-cli";

describe("invalid arguments", () => {
  test.each([
    ["orphan", "unknown command 'orphan' (did you mean orphans?); npx groundwork --help shows the usage"],
    ["local upp", "unknown command 'upp' (did you mean up?); npx groundwork local --help shows the usage"],
    [
      "orphans --wirte",
      "unknown option '--wirte' (did you mean --write?); npx groundwork orphans --help shows the usage",
    ],
    ["synth --jsn", "unknown option '--jsn' (did you mean --json?); npx groundwork synth --help shows the usage"],
    [
      "init a b",
      "too many arguments for 'init'. Expected 1 argument but got 2; npx groundwork init --help shows the usage",
    ],
    ["kpaas wait", "missing required argument 'stack'; npx groundwork kpaas wait --help shows the usage"],
    ["nhn", "missing required argument 'command'; npx groundwork nhn --help shows the usage"],
    [
      "demo --keep --down",
      "option '--down' cannot be used with option '--keep'; npx groundwork demo --help shows the usage",
    ],
  ])("groundwork %s: fails with one line", async (words, message) => {
    expect(await runCli(...words.split(" "))).toEqual({ code: 1, out: "", err: `error: ${message}` });
  });

  test.each([
    "gitlab wait s --timeout 0",
    "gitlab wait s --timeout -1",
    "gitlab wait s --timeout soon",
    "kpaas wait s --timeout Infinity",
    "kpaas kubeconfig s --port 0",
    "kpaas kubeconfig s --port 70000",
    "kpaas logs s ../../etc/shadow",
    "kpaas wait s --bastion=-oProxyCommand=date",
    "kpaas wait s --bastion ubuntu@203.0.113.5",
    "kpaas wait s --install-host=",
    "local up --port 4566.5",
    "local up --without aws",
    "init --framework pulumi",
  ])("groundwork %s: rejects the value", async (words) => {
    const { code, out, err } = await runCli(...words.split(" "));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^error: .* is invalid.*\. .*; npx groundwork .* --help shows the usage$/);
  });

  test("fail for a private key that does not exist", async () => {
    const { code, err } = await runCli("kpaas", "wait", "s", "--identity", "/nowhere");
    expect({ code, err }).toEqual({
      code: 1,
      err: "error: --identity /nowhere does not exist; specify the file of a private key",
    });
  });

  test("print the help of a group without a command", async () => {
    const { code, err } = await runCli("kpaas");
    expect(code).toBe(1);
    expect(err).toContain("Usage: groundwork kpaas");
  });
});
