import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { nhnCommand } from "@groundwork/cli/nhn/command";
import { runInTerminal } from "@groundwork/cli/nhn/run-in-terminal";

describe("groundwork nhn", () => {
  test("passes a token in the environment of the command, prints it nowhere, and returns the exit code of the command", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end(JSON.stringify({ access: { token: { id: "planted-token", expires: "2026-11-25T00:00:00Z" } } }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const env = {
      OS_AUTH_URL: `http://127.0.0.1:${port}/v2.0`,
      OS_TENANT_ID: "tenant-1",
      OS_USERNAME: "ops",
      OS_PASSWORD: "planted-password",
    };
    const commands: unknown[] = [];
    const lines: string[] = [];
    const code = await nhnCommand({
      words: ["cdktf", "deploy", "lab-nhn"],
      env,
      run: (command, args, given) => {
        commands.push([command, ...args]);
        expect(given).toEqual({ ...env, TF_VAR_nhn_token: "planted-token" });
        return Promise.resolve(3);
      },
      log: (text) => lines.push(text),
    });
    server.close();
    expect(commands).toEqual([["cdktf", "deploy", "lab-nhn"]]);
    expect(code).toBe(3);
    expect(lines).toEqual(["token for NHN Cloud's API, valid until 2026-11-25T00:00:00Z"]);
    expect(env).not.toHaveProperty("TF_VAR_nhn_token");
  });

  test("returns the exit code of the command, or 128 plus the number of the signal that ended it", async () => {
    const ended = (script: string) => runInTerminal(process.execPath, ["-e", script], process.env);
    expect(await ended("process.exit(7)")).toBe(7);
    expect(await ended("process.kill(process.pid, 'SIGTERM')")).toBe(143);
  });

  test("fails for a program that does not exist", async () => {
    await expect(runInTerminal("no-such-program", [], process.env)).rejects.toThrow(/ENOENT/);
  });
});
