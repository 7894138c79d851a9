import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Limit } from "@groundwork/constructs/boot/limit";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { IngressInterface } from "@groundwork/constructs/kpaas/boot/ingress-interface";
import { HairpinNat } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { Pipeline } from "@groundwork/constructs/kpaas/portal/pipeline";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { Workload } from "@groundwork/constructs/kpaas/workload/workload";
import { ensurePython } from "@groundwork/tooling/python";
import { readCloudConfig } from "../support/boot-root";
import { hostProps, NODES } from "../support/kpaas-host";
import { cloudInitHome, schemaCheck } from "./support/cloud-init";
import { shellcheck } from "./support/shellcheck";

const PROGRAMS = join(__dirname, "../../constructs/kpaas/programs");
const host = hostProps("6dee0c25985be96e9aa7206d13111f1966bbe9ac");
const portal = Portal.of({
  archive: "https://downloads.example.com/portal.tar.gz",
  ...{ cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: "198.51.100.8.nip.io" },
});

const workload = Workload.of({});
const pipeline = Pipeline.of({});

const addresses = [
  IngressInterface.of({ node: host.master, address: "192.168.8.10", subnet: Cidr.parse("192.168.8.0/24") }),
  HairpinNat.of({ node: host.master, publicAddress: "203.0.113.10" }),
];

const boots: Readonly<Record<string, CloudInit>> = {
  "an install host with everything": installHostBoot({
    ...host,
    ...{ workload, portal, pipeline, addresses, hostEntries: NODES },
  }),
  "a node": CloudInit.ubuntu().with(...addresses.slice(1), host.trust.node),
  "an NFS server": CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES })),
};
const documents: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(boots).map(([name, boot]) => [name, boot.userData(Limit.NHN)]),
);

beforeAll(() => ensurePython(() => undefined));

describe("cloud-init's own schema check", () => {
  const home = cloudInitHome();
  const checked = home === undefined ? test.skip : test;

  checked.each(Object.keys(documents))("accepts %s", (name) => {
    const { code, output } = schemaCheck(home ?? "", documents[name] ?? "");
    expect(output).toContain("Valid");
    expect(code).toBe(0);
  });
});

describe("scripts", () => {
  const names = readdirSync(PROGRAMS, { recursive: true, encoding: "utf8" });

  test.each(names.filter((name) => name.endsWith(".sh")))("shellcheck accepts %s", (name) => {
    const { output, status } = shellcheck(join(PROGRAMS, name));
    expect(output).toBe("");
    expect(status).toBe(0);
  });

  test.each(names.filter((name) => name.endsWith(".py")))("Python parses %s", (name) => {
    const code = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
    expect(spawnSync("python3", ["-c", code, join(PROGRAMS, name)]).status).toBe(0);
  });

  test("are the same to bash and Python after compression, which removes comments", () => {
    const canonical = (text: string) => {
      const program = `whole() {\n${text}\n}\ndeclare -f whole`;
      const { stdout, status } = spawnSync("bash", ["-c", program], { encoding: "utf8" });
      return status === 0 ? stdout : `bash does not parse it: ${text}`;
    };
    for (const boot of Object.values(boots)) {
      const [plain, compressed] = [false, true].map(
        (option) => readCloudConfig(boot.render({ compressed: option })).write_files ?? [],
      );
      const pairs = (plain ?? []).map(
        ({ path, content }, at) => [path, content, compressed?.[at]?.content ?? ""] as const,
      );
      const scripts = pairs.filter(([, content]) => /^#!.*bash/.test(content));
      expect(scripts.length).toBeGreaterThan(2);
      for (const [path, content, short] of scripts)
        expect([path, canonical(short)]).toEqual([path, canonical(content)]);
      const programs = pairs.filter(([, content]) => /^#!.*python/.test(content));
      const dump = "import ast, json, sys; print([ast.dump(ast.parse(text)) for text in json.load(sys.stdin)])";
      const [plainTree, shortTree] = [1, 2].map(
        (at) =>
          spawnSync("python3", ["-c", dump], {
            input: JSON.stringify(programs.map((program) => program[at])),
            encoding: "utf8",
          }).stdout,
      );
      expect(plainTree).not.toBe("");
      expect(shortTree).toBe(plainTree);
      expect(pairs.filter(([, content, short]) => !/^#!.*(bash|python)/.test(content) && content !== short)).toEqual(
        [],
      );
    }
  });

  test("are all written by a document", () => {
    const written = Object.values(boots).flatMap((boot) => readCloudConfig(boot.render()).write_files ?? []);
    const texts = written.map(({ content }) => content);
    expect(
      names.filter((name) => /\.(sh|py)$/.test(name) && !texts.includes(readFileSync(join(PROGRAMS, name), "utf8"))),
    ).toEqual([]);
  });
});

describe("systemd's own check", () => {
  const installed = spawnSync("systemd-analyze", ["--version"]).error === undefined;
  if (!installed) console.warn("skipped: systemd's check of units; systemd-analyze is not installed");
  const checked = installed ? test : test.skip;
  const roots: string[] = [];
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });

  /** Output of the check for all units of a document, in a root directory with all its files. */
  function verify(text: string): string {
    const root = mkdtempSync(join(tmpdir(), "groundwork-units-"));
    roots.push(root);
    const write = (path: string, content: string, mode: number) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content, { mode });
    };
    const files = readCloudConfig(text).write_files ?? [];
    for (const { path, content, permissions } of files) write(path, content, parseInt(permissions, 8));
    write("/usr/bin/python3", "#!/bin/sh\n", 0o755);
    for (const target of [
      "network-online",
      "sysinit",
      "basic",
      "shutdown",
      "timers",
      "multi-user",
      "time-sync",
      "time-set",
    ])
      write(`/usr/lib/systemd/system/${target}.target`, "[Unit]\nDescription=x\n", 0o644);
    const units = files.map(({ path }) => path).filter((path) => path.startsWith("/etc/systemd/system/"));
    expect(units.length).toBeGreaterThan(0);
    const { stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", `--root=${root}`, ...units], {
      encoding: "utf8",
    });
    return `${stdout}${stderr}`;
  }

  checked.each(Object.keys(documents))("accepts the units of %s", (name) => {
    expect(verify(documents[name] ?? "")).toBe("");
  });

  checked("rejects invalid units, so that acceptance is meaningful", () => {
    const text = installHostBoot({ ...host, portal }).render();
    expect(verify(text.replace("*-*-* *:*:00", "every minute"))).toContain("every minute");
    expect(verify(text.replace("DynamicUser=yes", "DynamicUser=perhaps"))).toContain("perhaps");
  });
});
