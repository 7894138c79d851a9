import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { nhnCommand } from "@groundwork/cli/nhn/command";

describe("npm run nhn", () => {
  test("passes a token in the environment of the command, and prints it nowhere", async () => {
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
    await nhnCommand({
      words: ["cdktf", "deploy", "lab-nhn"],
      env,
      run: (command, args, given) => {
        commands.push([command, ...args]);
        expect(given).toEqual({ ...env, TF_VAR_nhn_token: "planted-token" });
        return Promise.resolve();
      },
      log: (text) => lines.push(text),
    });
    server.close();
    expect(commands).toEqual([["cdktf", "deploy", "lab-nhn"]]);
    expect(lines).toEqual(["token for NHN Cloud's API, valid until 2026-11-25T00:00:00Z"]);
    expect(env).not.toHaveProperty("TF_VAR_nhn_token");
  });

  test("fails without a command, with the usage", async () => {
    const run = () => Promise.reject(new Error("unexpected"));
    await expect(nhnCommand({ words: [], env: {}, run, log: () => undefined })).rejects.toThrow(/usage: npm run nhn/);
  });
});
