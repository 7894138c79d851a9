import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@groundwork/local/aws/emulator";
import { up } from "@groundwork/local/cloud";
import type * as tools from "@groundwork/local/kubernetes/tools";
import { waitUntil } from "@groundwork/tooling/polling";
import { identifyProcess, isRunning } from "@groundwork/tooling/process/background";
import { ROOT } from "../support/repository";
import { below } from "./support/processes";

/** The processes of a local cloud, in the order of their start. */
const PARTS = [
  "moto",
  "ministack",
  "gateway",
  "openstack",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "providers",
] as const;
type Part = (typeof PARTS)[number];
type Tools = typeof tools;

/** The part that ends at its start. */
let mockBroken: Part | undefined;
const mockDirectory = mkdtempSync(join(tmpdir(), "groundwork-start-"));

jest.mock("@groundwork/local/aws/moto", () => mockEmulatorOf("@groundwork/local/aws/moto"));
jest.mock("@groundwork/local/aws/ministack", () => mockEmulatorOf("@groundwork/local/aws/ministack"));
jest.mock("@groundwork/local/aws/gateway", () => mockEmulatorOf("@groundwork/local/aws/gateway"));
jest.mock("@groundwork/local/openstack/emulator-process", () =>
  mockEmulatorOf("@groundwork/local/openstack/emulator-process"),
);
jest.mock("@groundwork/local/kubernetes/tools", () => {
  const actual = jest.requireActual<Tools>("@groundwork/local/kubernetes/tools");
  const ensureKubernetes: Tools["ensureKubernetes"] = async (...args) => {
    const programs = await actual.ensureKubernetes(...args);
    return programs === undefined ? undefined : mockPrograms(programs);
  };
  return { ...actual, ensureKubernetes };
});

/** The functions of a module, whose emulator ends at its start if it is the broken part. */
function mockEmulatorOf(path: string): object {
  const actual = jest.requireActual<Readonly<Record<string, (...args: readonly never[]) => Emulator>>>(path);
  const replaced = Object.entries(actual).map(([name, create]) => [
    name,
    (...args: readonly never[]): Emulator => {
      const emulator = create(...args);
      return emulator.name === mockBroken ? { ...emulator, command: "/bin/false" } : emulator;
    },
  ]);
  return Object.fromEntries(replaced) as object;
}

function mockPrograms(programs: tools.Programs): tools.Programs {
  if (mockBroken === "providers") return { ...programs, kwok: mockProgramBeforeProviders(programs.kwok) };
  return mockBroken !== undefined && mockBroken in programs ? { ...programs, [mockBroken]: "/bin/false" } : programs;
}

/** kwok as a script that makes the log of the next part impossible: a directory has its name. */
function mockProgramBeforeProviders(kwok: string): string {
  const script = join(mockDirectory, "kwok");
  const log = join(mockDirectory, "local/kubernetes/providers.log");
  writeFileSync(script, `#!/bin/sh\n/bin/mkdir -p '${log}'\nexec '${kwok}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

afterAll(() => {
  rmSync(mockDirectory, { recursive: true, force: true });
});

describe("the start of the local cloud", () => {
  test.each(PARTS)("fails without leaving a process when %s fails", async (part) => {
    mockBroken = part;
    const before = pidsBelow(process.pid);
    const directories = { directory: join(mockDirectory, "local"), stateDirectory: join(mockDirectory, "state") };
    const started = up(directories, { parts: ["kubernetes", "openstack"] });
    await expect(started).rejects.toThrow(part === "providers" ? /EISDIR/ : new RegExp(part));
    expect(pidsBelow(process.pid)).toEqual(before);
    expect(existsSync(join(directories.directory, "cloud.json"))).toBe(false);
  });

  test.each(PARTS)("leaves no process when it is interrupted after the start of %s", async (part) => {
    const home = mkdtempSync(join(tmpdir(), "groundwork-start-"));
    const command = startCommand(home);
    const log = { providers: "kubernetes/providers" }[part as string] ?? logOf(part);
    const isStarted = () => existsSync(join(home, ".groundwork/local", `${log}.log`));
    expect(await waitUntil(() => isStarted() || command.exitCode !== null, 120_000, 10)).toBe(true);
    expect(isStarted()).toBe(true);
    // A snapshot before the signal: afterwards processes that remain belong to no descendant of this one.
    const started = below(command.pid ?? 0).flatMap(({ pid }) => identifyProcess(pid) ?? []);

    command.kill("SIGINT");
    expect(await codeOf(command)).toBe(130);

    expect(started.filter(isRunning)).toEqual([]);
    expect(processesOf(home)).toEqual([]);
    rmSync(home, { recursive: true, force: true });
  });
});

function logOf(part: Part): string {
  const programs: readonly (Part | tools.Program)[] = PARTS.slice(PARTS.indexOf("etcd"));
  return programs.includes(part) ? `kubernetes/${part}` : part;
}

function startCommand(home: string): ChildProcess {
  return spawn(process.execPath, [join(ROOT, "cli/bin/groundwork.cjs"), "local", "up"], {
    cwd: ROOT,
    env: { ...process.env, GROUNDWORK_HOME: home },
    stdio: "ignore",
  });
}

function codeOf(child: ChildProcess): Promise<number | null> {
  return child.exitCode === null
    ? new Promise((resolve) => child.once("close", resolve))
    : Promise.resolve(child.exitCode);
}

function pidsBelow(pid: number): readonly number[] {
  return below(pid).map((each) => each.pid);
}

/** Processes whose arguments contain a directory: Kubernetes and its providers, which belong to no other process after the end of the command. */
function processesOf(directory: string): readonly string[] {
  return below(1)
    .map(({ pid }) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        // It has ended, or the system is not Linux.
        return "";
      }
    })
    .filter((line) => line.includes(directory));
}
