import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { defined } from "@groundwork/constructs/core/defined";
import { parse } from "yaml";

interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly encoding?: "gz+b64";
  readonly permissions: string;
}

/** A parsed cloud-config. */
export interface CloudConfig {
  readonly write_files?: readonly WrittenFile[];
  readonly packages?: readonly string[];
  readonly users?: readonly unknown[];
  readonly ssh_authorized_keys?: readonly string[];
  readonly runcmd?: readonly (readonly string[])[];
}

/** Parses a cloud-config and decompresses its files. */
export function readCloudConfig(text: string): CloudConfig {
  const config = parse(text) as CloudConfig;
  return { ...config, ...defined({ write_files: config.write_files?.map(unpacked) }) };
}

function unpacked({ encoding, content, ...file }: WrittenFile): WrittenFile {
  return { ...file, content: encoding === undefined ? content : gunzipSync(Buffer.from(content, "base64")).toString() };
}

/** The result of a first boot. */
export interface BootOutcome {
  readonly code: number | null;
  /** `running`, `done` or `failed`. */
  readonly state: string;
  readonly status: Readonly<Record<string, unknown>>;
  readonly log: string;
}

/** Paths that are mapped into the root directory; programs and devices are those of this machine. */
const MAPPED = /(?<![\w.$}/-])\/(etc|var|usr\/local|home|root|run|opt|mnt|srv|dev\/disk)(?=\/)/g;

/**
 * A directory that is used as the root of a machine. The scripts of a cloud-config are executed with their paths mapped into the
 * directory; stand-ins for package managers and other programs come first in PATH. The calls of every stand-in are recorded.
 */
export class BootRoot {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-root-"));
  private readonly files: readonly WrittenFile[];

  constructor(cloudConfig: string, standIns: Readonly<Record<string, string>> = {}) {
    this.files = readCloudConfig(cloudConfig).write_files ?? [];
    for (const { path, content, permissions } of this.files) this.write(path, this.map(content), permissions);
    // The interpreter itself: the wrappers of version managers put their own directory in front of the stand-ins in PATH.
    const defaults = {
      systemctl: "",
      chown: "",
      "dpkg-query": "",
      rpm: "",
      python3: `exec ${pythonInterpreter()} "$@"`,
    };
    for (const [program, script] of Object.entries({ ...defaults, ...standIns })) this.standIn(program, script);
  }

  /** The path below the directory for a path of the machine. */
  path(path: string): string {
    return join(this.directory, path);
  }

  /** Text of a file of the machine; empty if it does not exist. */
  read(path: string): string {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), "utf8") : "";
  }

  write(path: string, text: string, permissions = "0644"): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text, { mode: parseInt(permissions, 8) });
  }

  /** Creates a stand-in for a program; its script may use `$ROOT`. */
  standIn(program: string, script: string): void {
    const text = `#!/bin/bash\nROOT=${this.directory}\nprintf '%s\\n' "${program} $*" >>"$ROOT/calls"\n${script}\n`;
    this.write(`/.bin/${program}`, text, "0755");
  }

  /** Calls of stand-ins so far, one per line. */
  get calls(): readonly string[] {
    return this.read("/calls").split("\n").filter(Boolean);
  }

  /** Runs the steps, like the systemd unit; resumes after a failure when called again. */
  async boot(env: NodeJS.ProcessEnv = {}): Promise<BootOutcome> {
    const code = await this.run(this.path("/usr/local/lib/groundwork/first-boot"), env);
    const status = this.read("/var/lib/groundwork/status.json");
    return {
      code,
      state: this.read("/var/lib/groundwork/first-boot").trim(),
      status: status === "" ? {} : (JSON.parse(status) as Record<string, unknown>),
      log: this.read("/var/log/groundwork/first-boot.log"),
    };
  }

  /** Runs a program of the machine. */
  run(program: string, env: NodeJS.ProcessEnv = {}): Promise<number | null> {
    return new Promise((resolve, reject) => {
      const child = spawn("bash", [program], {
        stdio: "ignore",
        env: { ...process.env, PATH: `${this.path("/.bin")}${delimiter}${process.env["PATH"] ?? ""}`, ...env },
      });
      child.once("error", reject);
      child.once("exit", resolve);
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private map(text: string): string {
    return text.replace(MAPPED, (path) => `${this.directory}${path}`);
  }
}

let python: string | undefined;

function pythonInterpreter(): string {
  if (python !== undefined) return python;
  const { stdout, status } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
  python = status === 0 ? stdout.trim() : "false";
  return python;
}
