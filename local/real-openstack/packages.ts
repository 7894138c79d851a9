import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureCached } from "@groundwork/tooling/cached-directory";
import { cacheDirectory } from "@groundwork/tooling/paths";
import { run } from "@groundwork/tooling/process/run";

/** Packages of the services. Their code is in `python3-*`; `*-common` contain the pipelines of their APIs. */
const PACKAGES = [
  ...["keystone", "glance", "placement", "nova", "neutron", "cinder", "octavia"].map((name) => `python3-${name}`),
  ...["glance", "nova", "neutron", "cinder"].map((name) => `${name}-common`),
  "keystone",
  "placement-common",
  "octavia-common",
  "uwsgi-core",
  "uwsgi-plugin-python3",
  "rabbitmq-server",
  "mariadb-server",
];

/**
 * Dependencies that no service loads: the C library, which must be that of the system, programs for installing and for a machine's
 * kernel, compilers, documentation, graphics and fonts. Without them the tree is a fifth smaller.
 */
const UNUSED = new RegExp(
  `^(${[
    "libc6",
    ".*-dev",
    "libc-dev-bin",
    "linux-libc-dev",
    "(lib)?binutils.*",
    "libctf.*",
    "libgprofng0",
    "(lib)?perl.*",
    "lib.*-perl",
    "make|patch|gawk|sed|tar|wget|rsync|sudo|procps|psmisc|iproute2|e2fsprogs|qemu-utils|open-iscsi|openssh-client",
    "udev|usrmerge|dpkg|adduser|passwd|debconf|debianutils|ca-certificates|init-system-helpers|cron.*|logrotate|dbus.*",
    "libpam.*|cgroup-tools|bridge-utils|thin-provisioning-tools|uwsgi-plugin-apparmor|mariadb-client|xclip|x11-common",
    "(lib)?font.*",
    "libjs-.*|icu-devtools|graphviz|sphinx-common|python3-(mypy.*|sphinx|alabaster|pip|wheel)",
    "lib(x|gv|gts|pango|dav1d|de265).*|libcdt5|libcgraph6|libpathplan4|liblab-gamut1|libann0|libharfbuzz0b|libcairo2|libgd3",
    "libavif15|libheif1|libgav1.*|libyuv0|libwebp7|libtiff6|libice6|libsm6|libfreetype6|libaom3|libsvtav1enc1|librav1e0",
  ].join("|")})$`,
);

/** Libraries that the pattern of graphics libraries matches and that are used. */
const USED = /^lib(xml2|xmlsec1.*|xslt1\.1|xxhash0)$/;

/** Directory of the unpacked packages. */
export function packagesDirectory(): string {
  const hash = createHash("sha256").update(JSON.stringify([PACKAGES, UNUSED.source, USED.source, process.arch]));
  return cacheDirectory(`openstack-packages-${hash.digest("hex").slice(0, 16)}`);
}

/**
 * Unpacks the packages of OpenStack into the cache unless they are there, and returns their directory.
 *
 * Needs no root: apt resolves and downloads with state of its own, and nothing is installed. About 160 MB to download, 830 MB on
 * disk; two minutes on two cores.
 */
export async function ensurePackages(log: (line: string) => void, abort?: AbortSignal): Promise<string> {
  const directory = packagesDirectory();
  await ensureCached(directory, (draft) => unpack(draft, log, abort), abort);
  return directory;
}

async function unpack(directory: string, log: (line: string) => void, abort?: AbortSignal): Promise<void> {
  const apt = join(directory, ".apt");
  for (const path of ["state/lists/partial", "cache/archives/partial", "archives"])
    mkdirSync(join(apt, path), { recursive: true });
  writeFileSync(join(apt, "state/status"), "");
  writeFileSync(join(apt, "apt.conf"), aptConfiguration(apt));
  const env = { ...process.env, APT_CONFIG: join(apt, "apt.conf"), LC_ALL: "C" };
  const aptGet = (args: readonly string[], onLine: (line: string) => void, cwd = directory): Promise<void> =>
    run({ command: "apt-get", args, cwd, env, abort, onLine });
  log("downloading OpenStack's Debian packages (160 MB, once)");
  await aptGet(["update", "--quiet"], ignore);
  const names: string[] = [];
  await aptGet(["install", "--print-uris", "-qq", "--yes", ...PACKAGES], (line) => {
    const [, name] = /^'[^']*' ([^_]+)_/.exec(line) ?? [];
    if (name !== undefined && (USED.test(name) || !UNUSED.test(name))) names.push(name);
  });
  if (names.length < PACKAGES.length) throw new Error("apt-get does not find the packages of OpenStack");
  const archives = join(apt, "archives");
  await aptGet(["download", "--quiet", ...names], ignore, archives);
  log(`unpacking ${names.length} packages (830 MB)`);
  for (const archive of readdirSync(archives))
    await run({ command: "dpkg-deb", args: ["--extract", join(archives, archive), directory], abort, onLine: ignore });
  rmSync(apt, { recursive: true, force: true });
}

/** Without installed packages every dependency is resolved, so that the tree does not depend on what the system has. */
function aptConfiguration(directory: string): string {
  const settings = {
    "Dir::State": join(directory, "state"),
    "Dir::State::status": join(directory, "state/status"),
    "Dir::Cache": join(directory, "cache"),
    "APT::Install-Recommends": "false",
    // Otherwise root downloads as a user who cannot write into this directory.
    "APT::Sandbox::User": "root",
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} "${value}";\n`)
    .join("");
}

function ignore(): void {
  // Progress of a download; a failure is reported by the exit code.
}
