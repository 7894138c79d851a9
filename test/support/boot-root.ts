import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";

interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly encoding?: "gz+b64";
  readonly permissions: string;
}

/** A cloud-config as cloud-init reads it. */
export interface CloudConfig {
  readonly write_files?: readonly WrittenFile[];
  readonly packages?: readonly string[];
  readonly users?: readonly unknown[];
  readonly ssh_authorized_keys?: readonly string[];
  readonly runcmd?: readonly (readonly string[])[];
}

/** Reads a cloud-config, files unpacked. */
export function readCloudConfig(text: string): CloudConfig {
  const config = parse(text) as CloudConfig;
  return { ...config, ...(config.write_files && { write_files: config.write_files.map(unpacked) }) };
}

function unpacked({ encoding, content, ...file }: WrittenFile): WrittenFile {
  return { ...file, content: encoding === undefined ? content : gunzipSync(Buffer.from(content, "base64")).toString() };
}

/** How a first boot ended. */
export interface BootOutcome {
  readonly code: number | null;
  /** One word: running, done or failed. */
  readonly state: string;
  readonly status: Readonly<Record<string, unknown>>;
  readonly log: string;
}

/** Paths that are led into the test root; programs and devices are the machine's own. */
const LED = /(?<![\w.$}/-])\/(etc|var|usr\/local|home|root|run|opt|mnt|srv|dev\/disk)(?=\/)/g;

/**
 * A folder that stands for a machine's root. The scripts of a cloud-config really run in it: their paths are led into the
 * folder, and stand-ins for package managers and the like come before all other programs. Every stand-in keeps a record of
 * how it was called.
 */
export class BootRoot {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-root-"));
  private readonly files: readonly WrittenFile[];

  constructor(cloudConfig: string, standIns: Readonly<Record<string, string>> = {}) {
    this.files = readCloudConfig(cloudConfig).write_files ?? [];
    for (const { path, content, permissions } of this.files) this.write(path, this.lead(content), permissions);
    // Python itself: version managers put a program of theirs in front, which puts its own folder before our stand-ins.
    const none = { systemctl: "", chown: "", "dpkg-query": "", rpm: "", python3: `exec ${pythonItself()} "$@"` };
    for (const [program, script] of Object.entries({ ...none, ...standIns })) this.standIn(program, script);
  }

  /** A path of the machine as a path of this one. */
  path(path: string): string {
    return join(this.directory, path);
  }

  /** Text of a file of the machine. */
  read(path: string): string {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), "utf8") : "";
  }

  write(path: string, text: string, permissions = "0644"): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text, { mode: parseInt(permissions, 8) });
  }

  /** Puts a program before the machine's own; its script may use `$ROOT`. */
  standIn(program: string, script: string): void {
    const text = `#!/bin/bash\nROOT=${this.directory}\nprintf '%s\\n' "${program} $*" >>"$ROOT/calls"\n${script}\n`;
    this.write(`/.bin/${program}`, text, "0755");
  }

  /** How stand-ins were called so far, one call a line. */
  get calls(): readonly string[] {
    return this.read("/calls").split("\n").filter(Boolean);
  }

  /** Starts the steps, as the unit does; works on after a failure when called again. */
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

  private lead(text: string): string {
    return text.replace(LED, (path) => `${this.directory}${path}`);
  }
}

let python: string | undefined;

function pythonItself(): string {
  if (python !== undefined) return python;
  const { stdout, status } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
  python = status === 0 ? stdout.trim() : "false";
  return python;
}
