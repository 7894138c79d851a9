import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { download, DownloadError, UnreachableError } from "@groundwork/tooling/downloads/download";
import { freePort } from "@groundwork/tooling/ports";
import { FileServer, type FileServerProps, Proxy } from "../../support/file-server";

const CONTENT = Buffer.alloc(200_000, "0123456789abcdef-");
const sha = (algorithm: string, content = CONTENT): string => createHash(algorithm).update(content).digest("hex");
const SHA256 = sha("sha256");

describe("a download", () => {
  const before = process.env;
  let directory: string;
  let file: string;
  const started: { stop: () => void }[] = [];

  beforeEach(() => {
    process.env = Object.fromEntries(Object.entries(before).filter(([name]) => !/_proxy$/i.test(name)));
    directory = mkdtempSync(join(tmpdir(), "groundwork-download-"));
    file = join(directory, "program");
  });

  afterEach(() => {
    for (const each of started.splice(0)) each.stop();
    rmSync(directory, { recursive: true, force: true });
    process.env = before;
  });

  const received = () => statSync(`${file}.part`, { throwIfNoEntry: false })?.size ?? 0;

  const serve = async (props: Partial<FileServerProps> = {}): Promise<FileServer> => {
    const server = await FileServer.start({ content: CONTENT, received, ...props });
    started.push(server);
    return server;
  };

  test.each(["sha256", "sha512"])("has the right %s, and leaves nothing else", async (algorithm) => {
    const server = await serve();
    const progress: number[] = [];
    const onProgress = (received: number, size: number | undefined) => {
      expect(size).toBe(CONTENT.length);
      progress.push(received);
    };
    await download({ url: server.url(), checksum: sha(algorithm), file, onProgress });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(readdirSync(directory)).toEqual(["program"]);
    expect(progress.at(-1)).toBe(CONTENT.length);
    expect(server.ranges).toEqual([undefined]);
  });

  test("is removed if its checksum is wrong; the error names the file and both checksums", async () => {
    const server = await serve();
    const expected = "0".repeat(64);
    await expect(download({ url: server.url("/a/etcd.tar.gz"), checksum: expected, file })).rejects.toEqual(
      new DownloadError(
        `etcd.tar.gz from 127.0.0.1:${server.port} has the checksum ${SHA256} instead of ${expected}, and was removed`,
      ),
    );
    expect(readdirSync(directory)).toEqual([]);
  });

  test("that is cut is continued where it ended", async () => {
    const server = await serve({ cuts: [80_000, 50_000, 20_000] });
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.ranges).toEqual([undefined, "bytes=80000-", "bytes=130000-", "bytes=150000-"]);
  });

  test("that is cut begins again at a server without ranges", async () => {
    const server = await serve({ cuts: [80_000], hasRanges: false });
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.ranges).toEqual([undefined, "bytes=80000-"]);
  });

  test("that is cut again and again without progress fails, and keeps its part for the next one", async () => {
    const server = await serve({ cuts: [80_000, 0, 0, 0] });
    await expect(download({ url: server.url(), checksum: SHA256, file })).rejects.toThrow(
      /^the download from 127\.0\.0\.1:\d+ failed 3 times \(/,
    );
    expect(readdirSync(directory)).toEqual(["program.part"]);
    await download({ url: server.url(), checksum: SHA256, file });
    expect(server.ranges.at(-1)).toBe("bytes=80000-");
    expect(readdirSync(directory)).toEqual(["program"]);
  });

  test("continues what another process has left", async () => {
    const server = await serve();
    writeFileSync(`${file}.part`, CONTENT.subarray(0, 150_000));
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.ranges).toEqual(["bytes=150000-"]);
  });

  test("uses what another process has received completely", async () => {
    const server = await serve();
    writeFileSync(`${file}.part`, CONTENT);
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.ranges).toEqual([`bytes=${CONTENT.length}-`]);
  });

  test.each([
    ["of another content", Buffer.alloc(150_000, "x")],
    ["that is longer than the file", Buffer.alloc(CONTENT.length + 1, "x")],
  ])("begins again after a part %s", async (_name, part) => {
    const server = await serve();
    writeFileSync(`${file}.part`, part);
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.ranges).toEqual([`bytes=${part.length}-`, undefined]);
  });

  test.each([404, 403, 410])("fails at once with status %s", async (status) => {
    const server = await serve({ status });
    await expect(download({ url: server.url("/v1/etcd"), checksum: SHA256, file })).rejects.toEqual(
      new DownloadError(`127.0.0.1:${server.port} responded with ${status} for /v1/etcd`),
    );
    expect(server.ranges).toHaveLength(1);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test("is tried again while the server is overloaded, up to three times", async () => {
    const server = await serve({ status: 503 });
    await expect(download({ url: server.url(), checksum: SHA256, file })).rejects.toThrow(
      /failed 3 times \(status 503\)$/,
    );
    expect(server.ranges).toHaveLength(3);
  });

  test.each([0, 1000])(
    "fails at once if the server cannot be reached, with %s bytes of an earlier one",
    async (bytes) => {
      if (bytes > 0) writeFileSync(`${file}.part`, CONTENT.subarray(0, bytes));
      const port = await freePort();
      const begin = Date.now();
      const failed = download({ url: `http://127.0.0.1:${port}/file`, checksum: SHA256, file });
      await expect(failed).rejects.toThrow(
        `127.0.0.1:${port} cannot be reached (connect ECONNREFUSED 127.0.0.1:${port})`,
      );
      await expect(failed).rejects.toBeInstanceOf(UnreachableError);
      expect(Date.now() - begin).toBeLessThan(400);
    },
  );

  test.each(["http", "https"])("fails soon if the server of an %s address, or the proxy, is silent", async (scheme) => {
    const server = await serve({ delay: 60_000 });
    const silent = { checksum: SHA256, file, responseMs: 100 };
    const reason = "cannot be reached (no response within 0.1 s)";
    if (scheme === "http") await expect(download({ ...silent, url: server.url() })).rejects.toThrow(reason);
    process.env[`${scheme.toUpperCase()}_PROXY`] = server.url("");
    await expect(download({ ...silent, url: `${scheme}://downloads.test/file` })).rejects.toThrow(
      `downloads.test ${reason}`,
    );
  });

  test("ends at an abort, and keeps its part", async () => {
    const server = await serve({ cuts: [80_000, 0, 0, 0] });
    const abort = new AbortController();
    const onProgress = () => {
      abort.abort(new Error("interrupted"));
    };
    await expect(
      download({ url: server.url(), checksum: SHA256, file, onProgress, abort: abort.signal }),
    ).rejects.toThrow("interrupted");
    expect(readdirSync(directory)).toEqual(["program.part"]);
    expect(server.ranges).toHaveLength(1);
  });

  test.each(["HTTP_PROXY", "http_proxy"])("goes through the proxy of %s", async (variable) => {
    const server = await serve({ cuts: [80_000] });
    const proxy = await Proxy.start(server.port);
    started.push(proxy);
    process.env[variable] = `http://127.0.0.1:${proxy.port}`;
    await download({ url: "http://downloads.test/file", checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(new Set(proxy.hosts.map((host) => host.replace(/:80$/, "")))).toEqual(new Set(["downloads.test"]));
  });

  test("goes through the proxy of HTTPS_PROXY to an https address, which sees only the host", async () => {
    const server = await serve();
    const proxy = await Proxy.start(server.port);
    started.push(proxy);
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${proxy.port}`;
    // The server does not use TLS; the request to the proxy is what counts.
    await expect(download({ url: "https://downloads.test/file", checksum: SHA256, file })).rejects.toThrow(
      /^downloads\.test cannot be reached \(/,
    );
    expect(proxy.hosts).toEqual(["downloads.test:443"]);
  });

  test("goes around the proxy to a host of NO_PROXY", async () => {
    const server = await serve();
    process.env["HTTP_PROXY"] = `http://127.0.0.1:${await freePort()}`;
    process.env["NO_PROXY"] = "127.0.0.1";
    await download({ url: server.url(), checksum: SHA256, file });
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
  });
});
