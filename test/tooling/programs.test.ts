import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { platform } from "@groundwork/tooling/platform";
import { freePort } from "@groundwork/tooling/ports";
import { cachedPrograms, ProgramInstallation, type Programs } from "@groundwork/tooling/programs";
import { FileServer } from "../support/file-server";

const OFFICIAL = Buffer.from("official");
const CHECKSUM = createHash("sha256").update(OFFICIAL).digest("hex");

/** A stand-in for Go that writes "built". */
const GO = `#!/bin/sh
if [ "$1" = env ]; then echo go1.26.0; exit; fi
while [ "$1" != -o ]; do shift; done
printf built > "$2"
`;

describe("programs", () => {
  const before = process.env;
  let directory: string;
  let lines: string[];
  let server: FileServer;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-programs-"));
    lines = [];
    server = await FileServer.start({ content: OFFICIAL });
    mkdirSync(join(directory, "bin"));
    process.env = {
      ...before,
      XDG_CACHE_HOME: join(directory, "cache"),
      NO_PROXY: "*",
      PATH: `${join(directory, "bin")}:${before["PATH"] ?? ""}`,
      GROUNDWORK_BINARIES: "",
    };
    useGo(GO);
  });

  afterEach(() => {
    server.stop();
    rmSync(directory, { recursive: true, force: true });
    process.env = before;
  });

  const useGo = (script: string) => {
    writeFileSync(join(directory, "bin/go"), script, { mode: 0o755 });
  };

  const withoutGo = () => {
    useGo("#!/bin/sh\nexit 1\n");
  };

  /** Programs whose official binary is at an address. */
  const programs = (name: string, url = server.url(), checksum = CHECKSUM): Programs => {
    const module = join(directory, name);
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, "go.mod"), `module ${name}\n\nrequire example.com/program v1.2.3\n`);
    writeFileSync(join(module, "go.sum"), "");
    return {
      release: { name, version: "v1.2.3", files: { [platform()]: { url, checksum, programs: name } } },
      module: {
        name,
        directory: module,
        versionOf: "example.com/program",
        programs: [{ program: name, package: "example.com/program" }],
      },
      leastGo: 25,
    };
  };

  const installation = () => new ProgramInstallation({ log: (line) => lines.push(line), isTerminal: false });

  const installed = async (each: Programs, by = installation()) =>
    readFileSync(join(await by.ensure(each), each.module.name), "utf8");

  test("are official binaries, also without Go", async () => {
    withoutGo();
    const kwok = programs("kwok");
    expect(cachedPrograms(kwok)).toBeUndefined();
    expect(await installed(kwok)).toBe("official");
    expect(cachedPrograms(kwok)).toBe(await installation().ensure(kwok));
    expect(server.ranges).toHaveLength(1);
  });

  test("are built if the checksum is wrong", async () => {
    expect(await installed(programs("kwok", server.url("/kwok"), "0".repeat(64)))).toBe("built");
    expect(lines).toEqual([
      expect.stringMatching(/^downloading kwok/),
      `kwok from 127.0.0.1:${server.port} has the checksum ${CHECKSUM} instead of ${"0".repeat(64)}, and was removed: kwok is built from its Go module, which takes several minutes`,
      "building kwok v1.2.3 from its Go module (once)",
    ]);
  });

  test("are built if the server cannot be reached, which is tried and reported once", async () => {
    const url = `http://127.0.0.1:${await freePort()}/file`;
    const by = installation();
    expect(await installed(programs("kwok", url), by)).toBe("built");
    expect(await installed(programs("etcd", url), by)).toBe("built");
    const { host } = new URL(url);
    expect(lines).toEqual([
      `downloading kwok v1.2.3 from ${host} (once)`,
      `${host} cannot be reached (connect ECONNREFUSED ${host}): kwok is built from its Go module, which takes several minutes`,
      "building kwok v1.2.3 from its Go module (once)",
      "building etcd v1.2.3 from its Go module (once)",
    ]);
  });

  test("are built on a platform without verified binaries", async () => {
    const kwok = programs("kwok");
    expect(await installed({ ...kwok, release: { ...kwok.release, files: {} } })).toBe("built");
    expect(lines[0]).toMatch(`there are no verified binaries of kwok v1.2.3 for ${platform()}: kwok is built`);
  });

  test("that were built are not downloaded", async () => {
    process.env["GROUNDWORK_BINARIES"] = "build";
    const kwok = programs("kwok");
    expect(await installed(kwok)).toBe("built");
    expect(server.ranges).toEqual([]);
    process.env["GROUNDWORK_BINARIES"] = "";
    lines = [];
    expect(await installed(kwok)).toBe("built");
    expect(lines).toEqual([]);
  });

  test("fail in one sentence if they can neither be downloaded nor built", async () => {
    withoutGo();
    await expect(installation().ensure(programs("kwok", server.url("/kwok"), "0".repeat(64)))).rejects.toThrow(
      /^kwok from \S+ has the checksum \w+ instead of 0+, and was removed, and Go ≥ 1\.25, which could build kwok, is missing; install Go from \S+ or with your package manager, or allow the download$/,
    );
  });

  describe("with GROUNDWORK_BINARIES", () => {
    test("download are never built, also not if they were built before", async () => {
      const kwok = programs("kwok");
      process.env["GROUNDWORK_BINARIES"] = "build";
      await installation().ensure(kwok);
      process.env["GROUNDWORK_BINARIES"] = "download";
      expect(await installed(kwok)).toBe("official");
      await expect(installation().ensure(programs("etcd", server.url(), "0".repeat(64)))).rejects.toThrow(
        /and was removed; allow the download, or unset GROUNDWORK_BINARIES, which is download$/,
      );
    });

    test("build are never downloaded, also not if they were downloaded before", async () => {
      const kwok = programs("kwok");
      await installation().ensure(kwok);
      process.env["GROUNDWORK_BINARIES"] = "build";
      expect(await installed(kwok)).toBe("built");
      withoutGo();
      await expect(installation().ensure(programs("etcd"))).rejects.toThrow(
        "GROUNDWORK_BINARIES is build, and Go ≥ 1.25, which could build etcd, is missing",
      );
      expect(server.ranges).toHaveLength(1);
    });

    test("rejects another value", async () => {
      process.env["GROUNDWORK_BINARIES"] = "Build";
      await expect(installation().ensure(programs("kwok"))).rejects.toThrow(
        'GROUNDWORK_BINARIES is "Build"; it must be download or build',
      );
    });
  });
});
