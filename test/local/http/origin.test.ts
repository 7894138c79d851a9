import type { Server } from "node:http";
import { requireLocalRequest } from "@groundwork/local/http/origin";
import { type RejectedRequest, sendRejection } from "@groundwork/local/http/rejected-request";
import { close, listen, sendRaw, serverOf } from "./support";

describe("a server of the local cloud", () => {
  let server: Server;
  let port = 0;
  let reached = 0;

  beforeAll(async () => {
    server = serverOf((request, response) => {
      try {
        requireLocalRequest(request, (host) => host === "site.s3-website-us-west-2.amazonaws.com");
        reached += 1;
        response.end("reached");
      } catch (error) {
        sendRejection(request, response, error as RejectedRequest);
      }
    });
    port = await listen(server);
  });
  afterAll(() => close(server));
  beforeEach(() => {
    reached = 0;
  });

  const send = (headers: readonly string[], line = "POST /_emulator/reset HTTP/1.1") =>
    sendRaw(port, [line, ...headers, "Connection: close"]);

  test.each([
    ["127.0.0.1 with the port", ["Host: 127.0.0.1:PORT"]],
    ["127.0.0.1 with the port of a tunnel", ["Host: 127.0.0.1:9999"]],
    ["localhost", ["Host: localhost"]],
    ["capitals", ["Host: LOCALHOST:PORT"]],
    ["another host that the server has", ["Host: site.s3-website-us-west-2.amazonaws.com"]],
    ["its own origin", ["Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT", "Sec-Fetch-Site: same-origin"]],
    ["an address that was typed", ["Host: 127.0.0.1:PORT", "Sec-Fetch-Site: none"]],
    ["a link on its own page", ["Host: localhost:PORT", "Referer: http://localhost:PORT/a?b"]],
    ["a program that sends other Sec-Fetch headers", ["Host: 127.0.0.1:PORT", "Sec-Fetch-Mode: cors"]],
  ])("accepts requests with %s", async (_name, headers) => {
    const { status } = await send(headers.map((header) => header.replaceAll("PORT", String(port))));
    expect([status, reached]).toEqual([200, 1]);
  });

  test.each([
    ["a name that resolves to this machine", ["Host: rebinding.example:PORT"]],
    ["a name that contains the address", ["Host: 127.0.0.1.example.com:PORT"]],
    ["a name that ends with localhost", ["Host: evil.localhost:PORT"]],
    ["a name that begins with localhost", ["Host: localhost.example.com"]],
    ["credentials in the name", ["Host: 127.0.0.1:80@example.com"]],
    ["another address of this machine", ["Host: 0.0.0.0:PORT"]],
    ["another notation of the address", ["Host: 127.1:PORT"]],
    ["an address as a number", ["Host: 2130706433:PORT"]],
    ["an empty host", ["Host:"]],
    ["a trailing dot", ["Host: localhost.:PORT"]],
    ["a foreign origin", ["Host: 127.0.0.1:PORT", "Origin: http://example.com"]],
    ["the origin of another server of this machine", ["Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:9999"]],
    ["the origin with another name of this machine", ["Host: 127.0.0.1:PORT", "Origin: http://localhost:PORT"]],
    ["the origin with another scheme", ["Host: 127.0.0.1:PORT", "Origin: https://127.0.0.1:PORT"]],
    ["an origin that contains its own", ["Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT.example.com"]],
    ["a hidden origin", ["Host: 127.0.0.1:PORT", "Origin: null"]],
    ["an empty origin", ["Host: 127.0.0.1:PORT", "Origin:"]],
    ["an image of a foreign page", ["Host: 127.0.0.1:PORT", "Sec-Fetch-Site: cross-site"]],
    ["an image of another server of this machine", ["Host: 127.0.0.1:PORT", "Sec-Fetch-Site: same-site"]],
    ["an unknown Sec-Fetch-Site", ["Host: 127.0.0.1:PORT", "Sec-Fetch-Site: other"]],
    ["a foreign referrer", ["Host: 127.0.0.1:PORT", "Referer: http://example.com/http://127.0.0.1:PORT/"]],
    ["a referrer that is no address", ["Host: 127.0.0.1:PORT", "Referer: a"]],
    ["a foreign WebSocket", ["Host: 127.0.0.1:PORT", "Origin: http://example.com", "Upgrade: websocket"]],
  ])("rejects requests with %s", async (_name, headers) => {
    const { status, text } = await send(headers.map((header) => header.replaceAll("PORT", String(port))));
    expect([status, reached]).toEqual([403, 0]);
    expect(text).not.toMatch(/^access-control-/im);
  });

  test.each(["Host", "Origin", "Authorization", "Content-Type", "X-Amz-Target", "X-Auth-Token", "hOST"])(
    "rejects requests with two headers %s",
    async (name) => {
      const value = name.toLowerCase() === "host" ? `127.0.0.1:${port}` : `http://127.0.0.1:${port}`;
      const { status } = await send([`Host: 127.0.0.1:${port}`, `${name}: ${value}`, `${name}: ${value}`]);
      expect([status, reached]).toEqual([400, 0]);
    },
  );

  test.each(["http://example.com/", "http://127.0.0.1/", "*"])("rejects the request target %s", async (target) => {
    const { status } = await send([`Host: 127.0.0.1:${port}`], `OPTIONS ${target} HTTP/1.1`);
    expect([status, reached]).toEqual([400, 0]);
  });

  test("rejects requests of old clients that send no host", async () => {
    const { status } = await send([], "GET / HTTP/1.0");
    expect([status, reached]).toEqual([403, 0]);
  });
});
