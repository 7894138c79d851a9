import { type Server, request } from "node:http";
import { type RejectedRequest, sendRejection } from "@groundwork/local/http/rejected-request";
import { RequestBodies } from "@groundwork/local/http/request-bodies";
import { close, listen, serverOf } from "./support";

const MEBIBYTE = 1024 * 1024;

describe("the bodies of requests", () => {
  const bodies = new RequestBodies(3);
  let server: Server;
  let port = 0;
  let hold: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    server = serverOf(async (message, response) => {
      try {
        await bodies.read(message, 2, async (body) => {
          await hold;
          response.end(String(body.length));
        });
      } catch (error) {
        sendRejection(message, response, error as RejectedRequest);
      }
    });
    port = await listen(server);
  });
  afterAll(() => close(server));

  /** Sends a body of a size in MiB, with or without its length. */
  function send(size: number, chunked: boolean): Promise<readonly [status: number | undefined, text: string]> {
    const bytes = Math.round(size * MEBIBYTE);
    return new Promise((resolve, reject) => {
      const headers = chunked ? {} : { "content-length": bytes };
      const outgoing = request({ host: "127.0.0.1", port, method: "POST", headers, agent: false }, (incoming) => {
        let text = "";
        incoming.on("data", (chunk: Buffer) => (text += chunk.toString()));
        incoming.once("end", () => {
          resolve([incoming.statusCode, text]);
        });
      });
      outgoing.once("error", reject);
      for (let rest = bytes; rest > 0; rest -= MEBIBYTE) outgoing.write(Buffer.alloc(Math.min(rest, MEBIBYTE)));
      outgoing.end();
    });
  }

  test.each([
    [0, false],
    [0, true],
    [2, false],
    [2, true],
  ])("of %d MiB are read (chunked: %p)", async (size, chunked) => {
    expect(await send(size, chunked)).toEqual([200, String(size * MEBIBYTE)]);
    expect(bodies.buffered).toBe(0);
  });

  test.each([
    [2.01, false],
    [2.01, true],
    [50, false],
    [50, true],
  ])("of %d MiB are rejected with 413, which the client receives (chunked: %p)", async (size, chunked) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await send(size, chunked)).toEqual([413, expect.stringContaining("larger than 2 MiB")]);
    expect(bodies.buffered).toBe(0);
    // The client's own chunks are of 1 MiB each.
    if (chunked) expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * MEBIBYTE);
  });

  test("of several requests together are limited, and accepted again afterwards", async () => {
    let end: () => void = () => undefined;
    hold = new Promise((resolve) => (end = resolve));
    const first = send(2, false);
    while (bodies.buffered < 2 * MEBIBYTE) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await send(1.5, true)).toEqual([503, expect.stringContaining("larger than 3 MiB")]);
    end();
    expect(await first).toEqual([200, String(2 * MEBIBYTE)]);
    expect(await send(1.5, true)).toEqual([200, String(1.5 * MEBIBYTE)]);
    expect(bodies.buffered).toBe(0);
  });
});
