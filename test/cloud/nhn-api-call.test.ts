import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/two-tier-network";
import { DataResource } from "cdktf";
import { resources } from "../support/fixture";
import { nhnStack } from "../support/nhn";

/** The commands that Terraform will run, as it hands them to the shell. */
function commands(): { readonly wait: string; readonly remove: string } {
  const { stack, api } = nhnStack();
  new TwoTierNetwork(stack, "Network", {
    api,
    cidr: Cidr.parse("172.31.0.0/16"),
    publicCidr: Cidr.parse("172.31.16.0/20"),
    privateCidr: Cidr.parse("172.31.0.0/20"),
    administrators: [Peer.ipv4("203.0.113.0/24")],
  });
  const texts = resources(stack, DataResource).map((block) => {
    const [call] = block["provisioner"] as [{ "local-exec": { command: string } }];
    return call["local-exec"].command.replaceAll("%%{", "%{");
  });
  const of = (word: string) => texts.find((text) => text.includes(word)) ?? "";
  return { wait: of("ACTIVE"), remove: of("DELETE") };
}

const { wait, remove } = commands();

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server | undefined;

afterEach(() => server?.close());

/** Runs a command against a server that answers so; tells how it ended and what was asked. */
async function run(command: string, answer: Handler): Promise<{ code: number | null; said: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${String(request.headers["x-auth-token"])}`);
    answer(request, response);
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  const child = spawn("/bin/sh", ["-c", command], {
    env: { PATH: process.env["PATH"], NHN_TOKEN: "planted-token", URL: `http://127.0.0.1:${port}/v2.0/thing` },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said, asked };
}

const json =
  (status: number, body: object): Handler =>
  (_, response) => {
    response.writeHead(status).end(JSON.stringify(body));
  };

describe("the wait for a NAT gateway", () => {
  test("ends when the gateway works, and has shown the token to the server only", async () => {
    let times = 0;
    const { code, said, asked } = await run(wait, (request, response) => {
      times += 1;
      json(200, { natgateway: { status: times === 1 ? "BUILD" : "ACTIVE" } })(request, response);
    });
    expect({ code, said, asked }).toEqual({ code: 0, said: "", asked: ["GET planted-token", "GET planted-token"] });
  });

  test("fails at once where the gateway has failed", async () => {
    const { code, said } = await run(wait, json(200, { natgateway: { status: "ERROR" } }));
    expect(code).toBe(1);
    expect(said).toContain("has failed");
  });
});

describe("the removal of the rule that lets everything through", () => {
  test.each([204, 404])("is content with HTTP %s: the rule is gone", async (status) => {
    const { code, asked } = await run(remove, (_, response) => response.writeHead(status).end());
    expect({ code, asked }).toEqual({ code: 0, asked: ["DELETE planted-token"] });
  });

  test.each([401, 409, 500])("fails with HTTP %s, and repeats no answer", async (status) => {
    const { code, said } = await run(remove, json(status, { message: "planted-token" }));
    expect(code).toBe(1);
    expect(said).toContain(`HTTP ${status}`);
    expect(said).not.toContain("planted-token");
  });
});
