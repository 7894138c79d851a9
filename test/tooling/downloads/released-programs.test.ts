import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";
import { DownloadError, UnreachableError } from "@groundwork/tooling/downloads/download";
import { type Release, ReleaseDownloads, type ReleasedFile } from "@groundwork/tooling/downloads/released-programs";
import { platform } from "@groundwork/tooling/platform";
import { freePort } from "@groundwork/tooling/ports";
import { FileServer, type FileServerProps } from "../../support/file-server";

const TOOLING = join(__dirname, "../../../tooling");
const PROGRAM = Buffer.from("#!/bin/sh\necho program\n");

describe("released programs", () => {
  const before = process.env;
  let cache: string;
  let lines: string[];
  const servers: FileServer[] = [];

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "groundwork-released-"));
    lines = [];
    process.env = { ...before, XDG_CACHE_HOME: cache, NO_PROXY: "*" };
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
    rmSync(cache, { recursive: true, force: true });
    process.env = before;
  });

  const serve = async (content: Buffer, props: Partial<FileServerProps> = {}): Promise<FileServer> => {
    const server = await FileServer.start({ content, ...props });
    servers.push(server);
    return server;
  };

  const downloads = (isTerminal = false) => new ReleaseDownloads({ log: (line) => lines.push(line), isTerminal });

  const cached = () => readdirSync(join(cache, "groundwork"));

  test("are executable in the cache, under their version, and downloaded once", async () => {
    const server = await serve(PROGRAM);
    const release = releaseOf("kwok", { url: server.url(), checksum: sha256(PROGRAM), programs: "kwok" });
    const directory = await downloads().ensure(release);
    expect(directory).toBe(join(cache, `groundwork/kwok-v1.2.3-${sha256(PROGRAM).slice(0, 16)}`));
    expect(execFileSync(join(directory, "kwok"), { encoding: "utf8" })).toBe("program\n");
    expect(await downloads().ensure(release)).toBe(directory);
    expect(server.ranges).toHaveLength(1);
    expect(cached()).toHaveLength(1);
    expect(lines).toEqual([`downloading kwok v1.2.3 from 127.0.0.1:${server.port} (once)`]);
  });

  test("are taken from an archive, without its other files", async () => {
    const content = archive({ "server/bin/one": "1", "server/bin/two": "2", "server/other": "3" });
    const server = await serve(content);
    const programs = { one: "server/bin/one", two: "server/bin/two" };
    const release = releaseOf("kubernetes", { url: server.url(), checksum: sha256(content), programs });
    const directory = await downloads().ensure(release);
    expect(readdirSync(directory).sort()).toEqual(["groundwork-finished", "one", "two"]);
    expect(readFileSync(join(directory, "two"), "utf8")).toBe("2");
    expect(statSync(join(directory, "one")).mode & 0o111).not.toBe(0);
    expect(cached()).toHaveLength(1);
  });

  test("leave nothing in the cache if the checksum is wrong", async () => {
    const server = await serve(PROGRAM);
    const release = releaseOf("kwok", { url: server.url(), checksum: sha256(Buffer.from("x")), programs: "kwok" });
    await expect(downloads().ensure(release)).rejects.toThrow(/has the checksum \w+ instead of \w+, and was removed$/);
    expect(cached()).toEqual([]);
  });

  test("leave nothing in the cache if the archive lacks a program", async () => {
    const content = archive({ other: "1" });
    const server = await serve(content);
    const release = releaseOf("etcd", { url: server.url(), checksum: sha256(content), programs: { etcd: "etcd" } });
    const failed = downloads().ensure(release);
    await expect(failed).rejects.toBeInstanceOf(DownloadError);
    await expect(failed).rejects.toThrow(`${server.url()} cannot be unpacked (tar `);
    expect(cached()).toEqual([]);
  });

  test("keep the part of an interrupted download, and are not taken for complete", async () => {
    const content = Buffer.alloc(200_000, "x");
    const part = `kwok-v1.2.3-${sha256(content).slice(0, 16)}.download.part`;
    const received = () => statSync(join(cache, "groundwork", part), { throwIfNoEntry: false })?.size ?? 0;
    const server = await serve(content, { cuts: [80_000, 0, 0, 0], received });
    const release = releaseOf("kwok", { url: server.url(), checksum: sha256(content), programs: "kwok" });
    await expect(downloads().ensure(release)).rejects.toBeInstanceOf(DownloadError);
    expect(cached()).toEqual([part]);
    const directory = await downloads().ensure(release);
    expect(server.ranges.at(-1)).toBe("bytes=80000-");
    expect(readFileSync(join(directory, "kwok")).equals(content)).toBe(true);
    expect(cached()).toHaveLength(1);
  });

  test("of a server that cannot be reached are tried once in a run", async () => {
    const port = await freePort();
    const file = { url: `http://127.0.0.1:${port}/file`, checksum: sha256(PROGRAM), programs: "kwok" };
    const run = downloads();
    const failed = run.ensure(releaseOf("one", file));
    await expect(failed).rejects.toBeInstanceOf(UnreachableError);
    // A server that starts meanwhile is not asked, only a later run would.
    await expect(run.ensure(releaseOf("two", file))).rejects.toBe(await failed.catch((error: unknown) => error));
    expect(lines).toEqual([`downloading one v1.2.3 from 127.0.0.1:${port} (once)`]);
  });

  test("of another platform are rejected, without a request", async () => {
    const release = { name: "kubernetes", version: "v1.2.3", files: {} };
    await expect(downloads().ensure(release)).rejects.toThrow(
      `there are no verified binaries of kubernetes v1.2.3 for ${platform()}`,
    );
    expect(lines).toEqual([]);
  });

  test.each([true, false])("log progress only on a terminal: %s", async (isTerminal) => {
    const content = Buffer.alloc(3_000_000, "x");
    const server = await serve(content);
    const release = releaseOf("kwok", { url: server.url(), checksum: sha256(content), programs: "kwok" });
    const now = jest.spyOn(Date, "now");
    let time = 0;
    now.mockImplementation(() => (time += 2_000));
    await downloads(isTerminal).ensure(release);
    now.mockRestore();
    const progress = lines.filter((line) => /^ {2}kwok: [0-3] of 3 MB$/.test(line));
    expect(progress.length > 0).toBe(isTerminal);
    expect(lines).toHaveLength(progress.length + 1);
  });

  test("are downloaded by one of two processes; the other waits for them", async () => {
    const content = Buffer.alloc(5_000_000, "x");
    const server = await serve(content, { delay: 300 });
    const release = releaseOf("kwok", { url: server.url(), checksum: sha256(content), programs: "kwok" });
    const sources = compiled();
    const processes = [0, 1].map(() => start(sources, release));
    const exits = processes.map((process) => once(process, "exit"));
    const results = await Promise.all(processes.map((process) => once(process, "message")));
    await Promise.all(exits);
    rmSync(sources, { recursive: true });
    const directory = join(cache, `groundwork/kwok-v1.2.3-${sha256(content).slice(0, 16)}`);
    expect(results.map(([result]) => result as unknown)).toEqual([directory, directory]);
    expect(server.ranges).toEqual([undefined]);
    expect(existsSync(join(directory, "kwok"))).toBe(true);
    expect(cached()).toHaveLength(1);
  }, 30_000);
});

function releaseOf(name: string, file: ReleasedFile): Release {
  return { name, version: "v1.2.3", files: { [platform()]: file } };
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A compressed archive of executable files. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-archive-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: 0o755 });
  }
  execFileSync("tar", ["-czf", "archive.tar.gz", ...Object.keys(files)], { cwd: directory });
  const content = readFileSync(join(directory, "archive.tar.gz"));
  rmSync(directory, { recursive: true });
  return content;
}

/** Compiled sources for another process, which downloads a release. */
function compiled(): string {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-sources-"));
  const names = ["cached-directory", "lock", "paths", "platform", "polling", "process/background", "process/run"];
  for (const file of [...names, "downloads/download", "downloads/released-programs"]) {
    const { code } = transformSync(readFileSync(join(TOOLING, `${file}.ts`), "utf8"), {
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, `${file}.js`), code);
  }
  writeFileSync(join(directory, "worker.js"), WORKER);
  return directory;
}

const WORKER = `
const { ReleaseDownloads } = require("./downloads/released-programs.js");
new ReleaseDownloads({ log: () => {} }).ensure(JSON.parse(process.argv[2])).then(
  (directory) => process.send(directory, () => process.disconnect()),
  (error) => process.send(String(error), () => process.disconnect()),
);
`;

function start(sources: string, release: Release): ChildProcess {
  const NODE_PATH = [join(TOOLING, "node_modules"), join(TOOLING, "../node_modules")].join(":");
  const env = { ...process.env, NODE_PATH };
  return fork(join(sources, "worker.js"), [JSON.stringify(release)], { env, execArgv: [] });
}
