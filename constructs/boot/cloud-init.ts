import { gzipSync } from "node:zlib";
import type { Place, Violation } from "../core/violation";
import { Violations } from "../core/violation";
import { Files } from "./files";
import type { Limit } from "./limit";
import type { BootPart, BootStep, Sections } from "./part";
import { renderCloudConfig } from "./render-cloud-config";
import { BOO001, BOO002, BOO005, BOO006, BOO007 } from "./rules";
import { secretLook } from "./secret-look";
import { programText } from "./program-text";
import { holdsToken } from "./terraform-text";
import { Units } from "./units";

const NOTHING: Sections = { packages: [], files: [], users: [], sshKeys: [], steps: [], units: [] };

/** Where each step's script is written; their order is that of their file names. */
const STEPS = "/usr/local/lib/groundwork/first-boot.d";

/** Packages are fetched again when a mirror stumbles, and wait for whoever else is installing; nobody is asked anything. */
const APT = [
  Files.text("/etc/apt/apt.conf.d/90groundwork", 'Acquire::Retries "5";\nDPkg::Lock::Timeout "600";\n'),
  Files.text("/etc/needrestart/conf.d/90groundwork.conf", "$nrconf{restart} = 'a';\n"),
];

/** What is rendered, and for whom. */
export interface RenderOptions {
  /** Whether files are packed to save room. @default - they stay readable */
  readonly packed?: boolean;
}

/**
 * Defines what a machine does when it starts for the first time. A value: `with` returns a longer one.
 *
 * Order: packages, users and files by cloud-init; then the steps, in a unit of their own (`groundwork-first-boot`), one after
 * the other, each once. The first failure ends it. How it went stands in `/var/lib/groundwork/first-boot` (running, done or
 * failed) and `status.json`, everything that was said in `/var/log/groundwork/first-boot.log`.
 *
 * @example
 * CloudInit.ubuntu().with(Packages.of("nginx"), Files.text("/etc/motd", "hello\n"), Steps.run("web", "systemctl start nginx"));
 */
export class CloudInit {
  /** For Ubuntu, and Debian. */
  static ubuntu(): CloudInit {
    return new CloudInit(NOTHING, "dpkg-query -W").with(...APT);
  }

  /** For images with dnf: Amazon Linux 2023, Fedora and their relatives. */
  static amazonLinux(): CloudInit {
    return new CloudInit(NOTHING, "rpm -q");
  }

  private constructor(
    private readonly sections: Sections,
    /** Command that fails for a package that is not installed. */
    private readonly query: string,
  ) {}

  /** The same, and these parts after what is there. */
  with(...parts: readonly BootPart[]): CloudInit {
    return new CloudInit(
      parts.reduce<Sections>(
        (all, { sections }) => ({
          packages: [...all.packages, ...(sections.packages ?? [])],
          files: [...all.files, ...(sections.files ?? [])],
          users: [...all.users, ...(sections.users ?? [])],
          sshKeys: [...all.sshKeys, ...(sections.sshKeys ?? [])],
          steps: [...all.steps, ...(sections.steps ?? [])],
          units: [...all.units, ...(sections.units ?? [])],
        }),
        this.sections,
      ),
      this.query,
    );
  }

  /** The cloud-config. Refuses, all at once, clashing names and anything that looks like a secret. */
  render(options: RenderOptions = {}): string {
    const { steps } = this.sections;
    const whole = steps.length === 0 ? this : this.with(...firstBoot(this.sections, this.query));
    Violations.throwIfAny([...clashes(whole.sections), ...secrets(whole.sections)]);
    return renderCloudConfig(whole.sections, { packed: options.packed ?? false, starts: steps.length > 0 });
  }

  /**
   * The cloud-config for a cloud. Refuses what is too long for it. Tokens are counted as they stand; 256 bytes are left for what
   * they become.
   */
  userData(limit: Limit, at?: Place): string {
    const text = this.render();
    if (bytesOf(text, limit) <= limit.bytes) return text;
    const packed = this.render({ packed: true });
    const bytes = bytesOf(packed, limit);
    if (!limit.gzip && bytes <= limit.bytes) return packed;
    throw BOO001.violation({
      at,
      given: `user data of ${bytes} bytes, ${limit.cloud} takes ${limit.bytes}`,
      fix: "let a step fetch what is long, or give the machine less to know: of a cluster's install host, fewer nodes",
    });
  }
}

function bytesOf(text: string, limit: Limit): number {
  const bytes = limit.gzip ? gzipSync(text).length : Buffer.byteLength(text);
  return holdsToken(text) ? bytes + 256 : bytes;
}

/** The files and the unit that run the steps. */
function firstBoot({ packages, steps }: Sections, query: string): readonly BootPart[] {
  const all = packages.length === 0 ? steps : [installed(packages, query), ...steps];
  return [
    Files.program("/usr/local/lib/groundwork/first-boot", programText("boot", "first-boot.sh")),
    ...all.map(({ name, script }, index) =>
      Files.program(`${STEPS}/${String(index + 1).padStart(2, "0")}-${name}`, script),
    ),
    Units.service("groundwork-first-boot", {
      description: "steps of the first boot",
      type: "oneshot",
      command: "/usr/local/lib/groundwork/first-boot",
    }),
  ];
}

/** cloud-init goes on when packages are missing. The first step does not, and says where to look. */
function installed(packages: readonly string[], query: string): BootStep {
  const names = packages.map((name) => name.replace(/=.*/, "")).join(" ");
  return {
    name: "packages",
    script: `#!/bin/bash
# Of the packages that cloud-init was to install none may be missing.
for package in ${names}; do
  ${query} "$package" >/dev/null || {
    echo "package $package is not installed; /var/log/cloud-init-output.log says why"
    exit 1
  }
done
`,
  };
}

function clashes({ files, users, steps, units }: Sections): Violation[] {
  return [
    ...twice(files.map(({ path }) => path)).map((path) =>
      BOO002.violation({ given: `${path} written twice`, fix: "write it once" }),
    ),
    ...twice(users.map(({ name }) => name)).map((name) =>
      BOO005.violation({ given: `user "${name}" twice`, fix: "make one of them" }),
    ),
    ...twice([...steps.map(({ name }) => name), ...units]).map((name) =>
      BOO006.violation({ given: `"${name}" twice`, fix: "give one of them another name" }),
    ),
  ];
}

function secrets({ files }: Sections): Violation[] {
  return files.flatMap(({ path, text }) => {
    const look = secretLook(text);
    if (look === undefined) return [];
    return [
      BOO007.violation({
        at: path,
        given: `the text looks like ${look}`,
        fix: "let the machine make it, or fetch it by its role when it boots",
      }),
    ];
  });
}

function twice(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
