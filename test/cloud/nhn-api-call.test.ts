import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/network/two-tier-network";
import { DataResource } from "cdktf";
import { resources } from "../support/fixture";
import { nhnStack } from "../support/nhn";

/** The commands that Terraform runs, after its template evaluation. */
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
  const containing = (part: string) => texts.find((text) => text.includes(part)) ?? "";
  return { wait: containing("ACTIVE"), remove: containing("DELETE") };
}

const { wait, remove } = commands();

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server | undefined;

afterEach(() => server?.close());

/** Runs a command against a server with the given handler; returns exit code, output and requests. */
async function run(
  command: string,
  handler: Handler,
): Promise<{ code: number | null; output: string; requests: string[] }> {
  const requests: string[] = [];
  server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${String(request.headers["x-auth-token"])}`);
    handler(request, response);
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as AddressInfo;
  const child = spawn("/bin/sh", ["-c", command], {
    env: { PATH: process.env["PATH"], NHN_TOKEN: "planted-token", URL: `http://127.0.0.1:${port}/v2.0/thing` },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, requests };
}

const json =
  (status: number, body: object): Handler =>
  (_, response) => {
    response.writeHead(status).end(JSON.stringify(body));
  };

describe("the wait for a NAT gateway", () => {
  test("ends when the gateway is active, and sends the token to the server only", async () => {
    let calls = 0;
    const { code, output, requests } = await run(wait, (request, response) => {
      calls += 1;
      json(200, { natgateway: { status: calls === 1 ? "BUILD" : "ACTIVE" } })(request, response);
    });
    expect({ code, output, requests }).toEqual({
      code: 0,
      output: "",
      requests: ["GET planted-token", "GET planted-token"],
    });
  });

  test("fails immediately if the gateway has failed", async () => {
    const { code, output } = await run(wait, json(200, { natgateway: { status: "ERROR" } }));
    expect(code).toBe(1);
    expect(output).toContain("has failed");
  });
});

describe("the removal of the initial allow rule", () => {
  test.each([204, 404])("succeeds with HTTP %s: the rule does not exist any more", async (status) => {
    const { code, requests } = await run(remove, (_, response) => response.writeHead(status).end());
    expect({ code, requests }).toEqual({ code: 0, requests: ["DELETE planted-token"] });
  });

  test.each([401, 409, 500])("fails with HTTP %s, and does not print the response body", async (status) => {
    const { code, output } = await run(remove, json(status, { message: "planted-token" }));
    expect(code).toBe(1);
    expect(output).toContain(`HTTP ${status}`);
    expect(output).not.toContain("planted-token");
  });
});
