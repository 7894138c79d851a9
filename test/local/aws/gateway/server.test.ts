import { existsSync, mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders, OutgoingHttpHeaders, Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Gateway } from "@groundwork/local/aws/gateway/server";
import { close, listen, sendRaw, serverOf } from "../../http/support";
import { signature } from "./support";

const MEBIBYTE = 1024 * 1024;

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

describe("the gateway", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-gateway-"));
  const sockets = { moto: join(directory, "moto"), ministack: join(directory, "ministack") };
  const received: Record<"moto" | "ministack", Received[]> = { moto: [], ministack: [] };
  const servers: Server[] = [];
  const log: string[] = [];
  let headers: OutgoingHttpHeaders = {};
  let responseBytes = 2;
  let pause: Promise<void> = Promise.resolve();
  let port = 0;

  beforeAll(async () => {
    for (const name of ["moto", "ministack"] as const) {
      const emulator = serverOf((request, response) => {
        received[name].push({ method: request.method, url: request.url, headers: request.headers });
        request.resume();
        request.once("end", () => {
          response.writeHead(200, { "content-length": responseBytes, ...headers });
          const half = Buffer.alloc(responseBytes / 2, "a");
          response.write(half);
          void pause.then(() => response.end(half));
        });
      });
      await new Promise<void>((resolve) => emulator.listen(sockets[name], resolve));
      servers.push(emulator);
    }
    const gateway = new Gateway(sockets, (line) => log.push(line)).createServer();
    port = await listen(gateway);
    servers.push(gateway);
  });
  afterAll(async () => {
    for (const server of servers) await close(server);
    rmSync(directory, { recursive: true });
  });
  beforeEach(() => {
    Object.assign(received, { moto: [], ministack: [] });
    headers = {};
    responseBytes = 2;
    pause = Promise.resolve();
  });

  const send = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const raw = (line: string, lines: readonly string[], body = "") =>
    sendRaw(port, [line, `Host: 127.0.0.1:${port}`, "Connection: close", ...lines], body);
  const reached = () => received.moto.length + received.ministack.length;

  test("forwards a call to the emulator of its service", async () => {
    expect((await send("/clusters", { headers: { authorization: signature("eks") } })).status).toBe(200);
    expect((await send("/bucket/key?versionId=1", { headers: { authorization: signature("s3") } })).status).toBe(200);
    expect(received.ministack).toMatchObject([{ method: "GET", url: "/clusters" }]);
    expect(received.moto).toMatchObject([{ method: "GET", url: "/bucket/key?versionId=1" }]);
  });

  test("forwards no header with which a client could select another service or the emulator's own API", async () => {
    const forged = [
      ...[
        "X-Groundwork-Control: 1",
        "x_groundwork_control: 1",
        "X_Amz_Target: a",
        "Forwarded: host=a",
        "X-Forwarded-Host: a",
      ],
      ...[
        "X-Forwarded-Proto: https",
        "X-HTTP-Method-Override: PUT",
        "Cookie: a=b",
        "Proxy-Authorization: a",
        "TE: trailers",
      ],
    ];
    const kept = [`Authorization: ${signature("eks")}`, "X-Amz-Date: 1", "Content-Type: application/json"];
    expect((await raw("GET /clusters HTTP/1.1", [...forged, ...kept])).status).toBe(200);
    expect(Object.keys(received.ministack[0]?.headers ?? {}).sort()).toEqual(
      ["authorization", "connection", "content-length", "content-type", "host", "x-amz-date"].sort(),
    );
    expect(received.ministack[0]?.headers.host).toBe("127.0.0.1");
  });

  test("returns no header that permits web pages to read the response", async () => {
    headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*", etag: "1" };
    const response = await send("/clusters", { headers: { authorization: signature("eks") } });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(response.headers.get("etag")).toBe("1");
  });

  const LAMBDA = "Credential=test/20260101/us-east-1/lambda/aws4_request";
  test.each([
    [
      "two scopes in one header",
      "/clusters",
      [`Authorization: ${signature("eks").replace("Cred", `${LAMBDA} Cred`)}`],
      400,
    ],
    ["two headers", "/clusters", [`Authorization: ${signature("eks")}`, `Authorization: ${signature("lambda")}`], 400],
    ["header and address", `/clusters?X-Amz-${LAMBDA}`, [`Authorization: ${signature("eks")}`], 400],
    ["a signed address of another service than S3", `/?X-Amz-${LAMBDA}`, [], 400],
    ["another service", "/2015-03-31/functions", [`Authorization: ${signature("lambda")}`], 501],
    ["a path of another service", "/2015-03-31/functions", [`Authorization: ${signature("eks")}`], 400],
    ["the API of MiniStack", "/_ministack/config", [`Authorization: ${signature("eks")}`], 400],
    [
      "a target of another service",
      "/clusters",
      [`Authorization: ${signature("eks")}`, "X-Amz-Target: AWSLambda.Invoke"],
      400,
    ],
    ["a foreign origin", "/clusters", [`Authorization: ${signature("eks")}`, "Origin: http://example.com"], 403],
    ["a foreign origin without a signature", "/bucket/key", ["Origin: http://example.com"], 403],
    ["the gateway's own API from a foreign origin", "/_gateway/reset", ["Origin: http://example.com"], 403],
  ])("rejects %s before it reaches an emulator", async (_name, path, lines, status) => {
    expect((await raw(`GET ${path} HTTP/1.1`, lines)).status).toBe(status);
    expect(reached()).toBe(0);
  });

  test.each([
    ["a preflight request", "OPTIONS", ["Origin: http://example.com", "Access-Control-Request-Method: PUT"], 403],
    ["a request without a signature", "PUT", [], 403],
    ["a form of a foreign page", "POST", ["Origin: null", "Content-Type: text/plain"], 403],
  ])("rejects %s", async (_name, method, lines, status) => {
    const { status: actual, text } = await raw(`${method} /bucket/key HTTP/1.1`, lines);
    expect([actual, reached()]).toEqual([status, 0]);
    expect(text).not.toMatch(/^access-control-/im);
  });

  test("rejects a name that resolves to this machine", async () => {
    const lines = ["GET /clusters HTTP/1.1", "Host: rebinding.example", "Connection: close"];
    expect((await sendRaw(port, [...lines, `Authorization: ${signature("eks")}`])).status).toBe(403);
    expect(reached()).toBe(0);
  });

  test("serves websites of buckets by name, but nothing else by that name", async () => {
    const site = ["Host: site.s3-website-us-west-2.amazonaws.com", "Connection: close"];
    await sendRaw(port, ["GET / HTTP/1.1", ...site]);
    expect(received.moto.map(({ url }) => url)).toContain("/site?website");
    Object.assign(received, { moto: [], ministack: [] });
    expect((await sendRaw(port, ["POST /_gateway/reset HTTP/1.1", ...site])).status).toBe(403);
    const signed = ["GET / HTTP/1.1", ...site, `Authorization: ${signature("ec2")}`];
    expect((await sendRaw(port, signed)).status).toBe(403);
    expect((await sendRaw(port, ["GET / HTTP/1.1", ...site, "Origin: http://example.com"])).status).toBe(403);
    expect(reached()).toBe(0);
  });

  test("does not serve its own API on websites of buckets", async () => {
    const site = ["Host: site.s3-website-us-west-2.amazonaws.com", "Connection: close"];
    const { text } = await sendRaw(port, ["GET /_gateway/health HTTP/1.1", ...site]);
    expect(text).not.toContain('"faults"');
  });

  test.each([
    ["s3", 65, 413],
    ["ec2", 5, 413],
    ["s3", 60, 200],
    ["ec2", 3, 200],
  ])(
    "limits the body of %s: %d MiB return %d",
    async (service, size, status) => {
      const init = {
        method: "PUT",
        headers: { authorization: signature(service) },
        body: Buffer.alloc(size * MEBIBYTE),
      };
      expect((await send("/bucket/key", init)).status).toBe(status);
      expect(reached()).toBe(status === 200 ? 1 : 0);
    },
    60_000,
  );

  describe("with a compressed body", () => {
    const compressed = (service: string, body: Buffer, encoding = "gzip") =>
      send("/", { method: "POST", headers: { authorization: signature(service), "content-encoding": encoding }, body });

    test("forwards it decompressed", async () => {
      expect((await compressed("monitoring", gzipSync("{}"))).status).toBe(200);
      expect(received.moto[0]?.headers).toMatchObject({ "content-length": "2" });
      expect(received.moto[0]?.headers).not.toHaveProperty("content-encoding");
    });

    test("rejects one that is larger when decompressed", async () => {
      const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE));
      expect(bomb.length).toBeLessThan(MEBIBYTE);
      for (const service of ["monitoring", "ec2", "eks"]) expect((await compressed(service, bomb)).status).toBe(413);
      expect(reached()).toBe(0);
    }, 60_000);

    test.each([
      ["gzip", 400],
      ["gzip, gzip", 415],
      ["GZIP", 415],
      ["br", 415],
    ])("rejects one that is not %s as its header states", async (encoding, status) => {
      expect((await compressed("ec2", Buffer.from("a"), encoding)).status).toBe(status);
      expect(reached()).toBe(0);
    });

    test("stores objects of S3 as they are", async () => {
      expect((await compressed("s3", Buffer.from("a"))).status).toBe(200);
      expect(received.moto[0]?.headers).toMatchObject({ "content-encoding": "gzip", "content-length": "1" });
    });
  });

  test("passes on a large object while it receives it", async () => {
    let continueSending: () => void = () => undefined;
    pause = new Promise((resolve) => (continueSending = resolve));
    responseBytes = 4 * MEBIBYTE;
    const response = await send("/bucket/key", { headers: { authorization: signature("s3") } });
    expect(response.headers.get("content-length")).toBe(String(responseBytes));
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += (chunk as Uint8Array).length;
      // The emulator sends the second half only after the first has arrived here.
      if (size === responseBytes / 2) continueSending();
    }
    expect(size).toBe(responseBytes);
  });

  test("logs each call as one printable line, without its body and signature", async () => {
    log.length = 0;
    const headers = { authorization: signature("ec2"), "content-type": "application/x-www-form-urlencoded" };
    const body = "Action=Run%0A200%20forged%1B[2J%C2%9B&Password=secret";
    await send("/", { method: "POST", headers, body });
    expect(log).toEqual([expect.stringMatching(/^200 ec2 Run\?200 forged\?\[2J\? \d+ ms$/)]);
  });

  test.each(["GET", "HEAD", "DELETE"])("is not reset by %s", async (method) => {
    expect((await send("/_gateway/reset", { method })).status).toBe(404);
    expect((await send("/_gateway/faults", { method })).status).toBe(404);
  });

  test("returns 502 without details if an emulator does not run", async () => {
    const gateway = new Gateway({ moto: join(directory, "none"), ministack: "" }, () => undefined).createServer();
    const other = await listen(gateway);
    const response = await fetch(`http://127.0.0.1:${other}/`, { headers: { authorization: signature("ec2") } });
    expect([response.status, await response.text()]).toEqual([
      502,
      '{"message":"an emulator failed; see the gateway\'s log"}',
    ]);
    await close(gateway);
    expect(existsSync(sockets.moto)).toBe(true);
  });
});
