import { gzipSync } from "node:zlib";
import { type Location, type Violation, Violations } from "../core/violation";
import { Files } from "./parts/files";
import type { Limit } from "./limit";
import { type BootPart, type BootStep, mergeSections, type Sections } from "./parts/part";
import { renderCloudConfig } from "./render-cloud-config";
import { programText } from "./program-text";
import { BOO001, BOO002, BOO005, BOO006, BOO007 } from "./rules";
import { detectSecret } from "./detect-secret";
import { holdsToken } from "./terraform-text";
import { Units } from "./parts/units";

const EMPTY: Sections = { packages: [], files: [], users: [], sshKeys: [], steps: [], units: [] };

/** Directory of the steps' scripts; they run in the order of their file names. */
const STEPS = "/usr/local/lib/groundwork/first-boot.d";

/** apt retries downloads, waits for other installations, and runs without prompts. */
const APT = [
  Files.text("/etc/apt/apt.conf.d/90groundwork", 'Acquire::Retries "5";\nDPkg::Lock::Timeout "600";\n'),
  Files.text("/etc/needrestart/conf.d/90groundwork.conf", "$nrconf{restart} = 'a';\n"),
];

/** Command that fails for a package that is not installed. */
const PACKAGE_QUERY = { ubuntu: "dpkg-query -W", "amazon-linux": "rpm -q" } as const;

/** How a cloud-config is rendered. */
export interface RenderOptions {
  /** Whether files are compressed to save space. @default false */
  readonly compressed?: boolean;
}

/**
 * Defines the first boot of a machine. A value object: `with` returns an extended copy.
 *
 * cloud-init installs packages and creates users and files. Then a separate unit (`groundwork-first-boot`) runs the steps in
 * order, each once, and stops at the first failure. The state is in `/var/lib/groundwork/first-boot` (running, done or failed)
 * and `status.json`, the output of the steps in `/var/log/groundwork/first-boot.log`.
 *
 * @example
 * CloudInit.ubuntu().with(Packages.of("nginx"), Files.text("/etc/motd", "hello\n"), Steps.run("web", "systemctl start nginx"));
 */
export class CloudInit {
  /** For Ubuntu and Debian. */
  static ubuntu(): CloudInit {
    return new CloudInit(EMPTY, "ubuntu").with(...APT);
  }

  /** For images with dnf: Amazon Linux 2023, Fedora and similar distributions. */
  static amazonLinux(): CloudInit {
    return new CloudInit(EMPTY, "amazon-linux");
  }

  private constructor(
    private readonly sections: Sections,
    /** Family of the distributions that it is for. */
    readonly system: "ubuntu" | "amazon-linux",
  ) {}

  /** A copy with the given parts added at the end. */
  with(...parts: readonly BootPart[]): CloudInit {
    return new CloudInit(mergeSections([{ sections: this.sections }, ...parts]), this.system);
  }

  /** A copy with the given parts in front of its own, for what the others need: mounted disks, an identity. */
  after(...parts: readonly BootPart[]): CloudInit {
    return new CloudInit(mergeSections([...parts, { sections: this.sections }]), this.system);
  }

  /** The cloud-config. Rejects duplicate names and secrets, all violations at once. */
  render(options: RenderOptions = {}): string {
    const { steps } = this.sections;
    const whole = steps.length === 0 ? this : this.with(...firstBoot(this.sections, PACKAGE_QUERY[this.system]));
    Violations.throwIfAny([...duplicates(whole.sections), ...secrets(whole.sections)]);
    return renderCloudConfig(whole.sections, {
      compressed: options.compressed ?? false,
      startsSteps: steps.length > 0,
    });
  }

  /**
   * The cloud-config for a cloud, compressed when necessary. Rejects user data beyond the cloud's limit. Tokens count with
   * their length at synthesis, plus 256 bytes in total for their values.
   */
  userData(limit: Limit, at?: Location): string {
    if (limit.gzip || this.length <= limit.bytes) {
      const text = this.render();
      if (bytesOf(text, limit) <= limit.bytes) return text;
    }
    const compressed = this.render({ compressed: true });
    const bytes = bytesOf(compressed, limit);
    if (!limit.gzip && bytes <= limit.bytes) return compressed;
    throw BOO001.violation({
      at,
      given: `user data of ${bytes} bytes, ${limit.cloud} accepts ${limit.bytes}`,
      fix: "download long files in a step, or reduce the user data; for a cluster's install host, use fewer nodes",
    });
  }

  /** Characters of all files and scripts. The cloud-config is longer, so that beyond the limit it need not be rendered uncompressed. */
  private get length(): number {
    const { files, steps } = this.sections;
    return [...files.map(({ text }) => text), ...steps.map(({ script }) => script)].join("").length;
  }
}

function bytesOf(text: string, limit: Limit): number {
  const bytes = limit.gzip ? gzipSync(text).length : Buffer.byteLength(text);
  return holdsToken(text) ? bytes + 256 : bytes;
}

/** The files and the unit that run the steps. */
function firstBoot({ packages, steps }: Sections, query: string): readonly BootPart[] {
  const all = packages.length === 0 ? steps : [verifyPackages(packages, query), ...steps];
  return [
    Files.program("/usr/local/lib/groundwork/first-boot", programText("boot", "first-boot.sh")),
    ...all.map(({ name, script }, index) =>
      Files.program(`${STEPS}/${String(index + 1).padStart(2, "0")}-${name}`, script),
    ),
    Units.service("groundwork-first-boot", {
      description: "first boot steps",
      type: "oneshot",
      command: "/usr/local/lib/groundwork/first-boot",
    }),
  ];
}

/** cloud-init continues when a package cannot be installed. The first step fails instead and names the log. */
function verifyPackages(packages: readonly string[], query: string): BootStep {
  const names = packages.map((name) => name.replace(/=.*/, "")).join(" ");
  return {
    name: "packages",
    script: `#!/bin/bash
# Fails when cloud-init could not install one of the packages.
for package in ${names}; do
  ${query} "$package" >/dev/null || {
    echo "package $package is not installed; see /var/log/cloud-init-output.log"
    exit 1
  }
done
`,
  };
}

function duplicates({ files, users, steps, units }: Sections): Violation[] {
  return [
    ...repeated(files.map(({ path }) => path)).map((path) =>
      BOO002.violation({ given: `two files with the path ${path}`, fix: "remove one of the two" }),
    ),
    ...repeated(users.map(({ name }) => name)).map((name) =>
      BOO005.violation({ given: `two users "${name}"`, fix: "remove one of the two" }),
    ),
    ...repeated([...steps.map(({ name }) => name), ...units]).map((name) =>
      BOO006.violation({ given: `two steps or units "${name}"`, fix: "rename one of the two" }),
    ),
  ];
}

function secrets({ files }: Sections): Violation[] {
  return files.flatMap(({ path, text }) => {
    const secret = detectSecret(text);
    if (secret === undefined) return [];
    return [
      BOO007.violation({
        at: path,
        given: `the text looks like ${secret}`,
        fix: "generate the secret on the machine, or fetch it with the machine's role at boot",
      }),
    ];
  });
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
