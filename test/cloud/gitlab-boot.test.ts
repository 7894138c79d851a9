import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { Backups } from "@groundwork/constructs/gitlab/server/backups";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import { runnerBoot, type RunnerBootProps, sameMachineParts } from "@groundwork/constructs/gitlab/runner/runner-boot";
import { serverBoot, type ServerBootProps } from "@groundwork/constructs/gitlab/server/server-boot";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { BootRoot } from "../support/boot-root";

const PASSWORD = ["first", "password", "of", "root"].join("-");
const TOKEN = ["glrt", "t3", "token-of-the-runner"].join("-");
const DEVICE = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0";

/** Stand-ins for programs that both boots call. */
const COMMON = {
  curl: `
while (($# > 0)); do case $1 in --output) out=$2; shift ;; http*) url=$1 ;; esac; shift; done
case $url in
  */gpg.key | *.zip | *.sig) echo content >"$out" ;;
  https://nodejs.org/*) printf node >"$out" ;;
  */readiness* | */sign_in) n=$(cat "$ROOT/requests" 2>/dev/null || echo 0); echo $((n + 1)) >"$ROOT/requests"; [ "$n" -ge 2 ] ;;
  *) exit 22 ;;
esac`,
  gpg: `case "$*" in
    *--show-keys*) printf 'pub:\\nfpr:::::::::%s:\\n' "$(cat "$ROOT/fingerprint" 2>/dev/null || echo F6403F6544A38863DAA0B6E03F01618A51312F3F)" ;;
    *--export*) echo key ;;
  esac`,
  gpgv: 'echo "[GNUPG:] VALIDSIG $(cat "$ROOT/signer" 2>/dev/null || echo FB5DB77FD5C118B80511ADA8A6310ACC4672475C) 2026"',
  iptables: '[ "$2" != -C ] || exit 1',
  ip6tables: '[ "$2" != -C ] || exit 1',
  "apt-mark": "",
  unzip:
    'mkdir -p "$4/aws"; printf \'#!/bin/bash\\ntouch %s/cli-installed\\n\' "$ROOT" >"$4/aws/install"; chmod +x "$4/aws/install"',
  aws: `
case "$1 $2" in
  "--version ") [ -e "$ROOT/cli-installed" ] && echo "aws-cli/2.27.49 Python/3" || echo "aws-cli/1.2.3 Python/3" ;;
  "ssm put-parameter") cat >"$ROOT/put" ;;
  "ssm get-parameter")
    n=$(cat "$ROOT/polled" 2>/dev/null || echo 0); echo $((n + 1)) >"$ROOT/polled"
    [ "$n" -ge 2 ] || exit 254
    cat "$ROOT/token" ;;
  "s3 cp") cp "$4" "$ROOT/uploaded-$(basename "$5")" ;;
esac`,
};

const roots: BootRoot[] = [];
function rootOf(text: string, standIns: Readonly<Record<string, string>>): BootRoot {
  const root = new BootRoot(text, { ...COMMON, ...standIns });
  root.write("/etc/os-release", "VERSION_CODENAME=noble\n");
  root.write("/etc/fstab", "");
  root.write("/etc/apt/sources.list.d/.keep", "");
  roots.push(root);
  return root;
}
afterAll(() => {
  for (const root of roots) root.remove();
});

/** SHA-256 of the archive of Node that the stand-in downloads. */
const NODE = createHash("sha256").update("node").digest("hex");

const POLL = { POLL_SECONDS: "0.05" };

/** Stand-ins of the server's boot. */
const SERVER = {
  blkid: `case $1 in
    --probe) exit "$(cat "$ROOT/probe" 2>/dev/null || { [ -e "$ROOT/formatted" ] && echo 0 || echo 2; })" ;;
    *) echo 1111-2222 ;;
  esac`,
  "mkfs.ext4": 'touch "$ROOT/formatted"',
  resize2fs: "",
  mountpoint: 'grep -qx "$2" "$ROOT/mounted" 2>/dev/null',
  mount: 'echo "$1" >>"$ROOT/mounted"',
  "apt-get": `[ "$1" = install ] || exit 0
    [ "$(stat -c %a "$ROOT/etc/gitlab/gitlab.rb")" = 600 ] && grep -q /etc/gitlab "$ROOT/mounted" || exit 100
    printf 'Password: %s\\n' "$(cat "$ROOT/password")" >"$ROOT/etc/gitlab/initial_root_password"`,
  "gitlab-ctl": "",
  "gitlab-backup": "",
};

/** Stand-ins of the runner's boot. */
const RUNNER = {
  "apt-get":
    '[ "$1" = install ] && mkdir -p "$ROOT/home/gitlab-runner" && echo clear >"$ROOT/home/gitlab-runner/.bash_logout"; true',
  // The shell of a job is a login shell that reads standard input. The machine's /etc/profile would put the stand-ins last in PATH.
  su: `{ echo '[ ! -e "$HOME/.profile" ] || . "$HOME/.profile"'; cat; } | HOME="$ROOT/home/gitlab-runner" bash --noprofile`,
  git: `case "$*" in
    *rev-parse*) cat "$ROOT/nvm-commit" 2>/dev/null || echo 977563e97ddc66facf3a8e31c6cff01d236f09bd ;;
    clone*)
      to=\${!#}
      mkdir -p "$to"
      printf 'touch %s/nvm-sourced; nvm() { echo "nvm $*" >>%s/nvm; }; export -f nvm\\n' "$ROOT" "$ROOT" >"$to/nvm.sh" ;;
  esac`,
  tar: '[ -s "$2" ] && echo "$2" >"$ROOT/extracted"',
  node: "echo v22.12.0",
  uname: "echo x86_64",
  aws: `case "$1 $2" in
    "sts assume-role")
      [ ! -e "$ROOT/untrusted" ] || { rm "$ROOT/untrusted"; exit 254; }
      echo '{ "AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "T", "Expiration": "2026-01-01T00:00:00Z" }'
      exit ;;
  esac\n${COMMON.aws}`,
  "gitlab-runner": `case $1 in
    register) printf 'token = "%s"\\n' "$CI_SERVER_TOKEN" >>"$ROOT/etc/gitlab-runner/config.toml" ;;
  esac`,
};

const SERVER_PROPS: ServerBootProps = {
  url: "http://192.0.2.10",
  host: "192.0.2.10",
  tls: Tls.none(),
  version: GitLabVersion.of("18.11.2"),
  region: "us-west-2",
  volumeId: "vol-0123456789abcdef0",
  settings: { "puma['worker_processes']": 2 },
  rootPassword: RootPassword.inFile(),
  backups: undefined,
  configuration: undefined,
};

const RUNNER_PROPS: RunnerBootProps = {
  serverUrl: "http://10.30.0.10",
  serverAddress: undefined,
  version: GitLabVersion.of("18.11.2"),
  region: "us-west-2",
  tokenParameter: "/lab/gitlab/runner-token",
  name: "lab-gitlab-runner",
  concurrent: 6,
  nodeVersion: "22.12.0",
  registerOptions: { "output-limit": "8192" },
  jobRoleArn: "arn:aws:iam::111122223333:role/jobs",
  nodeChecksums: { x64: NODE, arm64: NODE },
};

describe("first boot of a server in a real run", () => {
  function serverRoot(props: Partial<ServerBootProps> = {}): BootRoot {
    const boot = serverBoot({ ...SERVER_PROPS, ...props });
    const root = rootOf(boot.render(), SERVER);
    root.write(DEVICE, "");
    root.write("/password", PASSWORD);
    return root;
  }

  test("mounts the data volume, installs the pinned version, and waits until the server is ready", async () => {
    const root = serverRoot();
    expect(await root.boot(POLL)).toMatchObject({ code: 0, state: "done" });
    const done = root.calls.filter((call) => /^(mkfs|mount |resize2fs|apt-get install|apt-mark|gitlab-ctl)/.test(call));
    expect(done).toEqual([
      `mkfs.ext4 -q -L gitlab ${root.path(DEVICE)}`,
      `mount ${root.path("/srv/gitlab")}`,
      `resize2fs ${root.path(DEVICE)}`,
      `mount ${root.path("/var/opt/gitlab")}`,
      `mount ${root.path("/etc/gitlab")}`,
      "apt-get install -y -qq gitlab-ce=18.11.2-ce.0",
      "apt-mark hold gitlab-ce",
      "gitlab-ctl reconfigure",
    ]);
    expect(root.read("/etc/gitlab/gitlab.rb")).toContain(
      "external_url 'http://192.0.2.10'\npuma['worker_processes'] = 2\n",
    );
    expect(root.read("/etc/fstab")).toMatch(
      /^UUID=1111-2222 \S+\/srv\/gitlab ext4 defaults,nofail,x-systemd\.growfs 0 0$/m,
    );
    expect(root.read("/requests").trim()).toBe("3");
    expect(root.read("/etc/apt/sources.list.d/gitlab.list")).toMatch(/ubuntu\/ noble main$/m);
  });

  test("keeps the root password in the file of the package by default", async () => {
    const root = serverRoot();
    await root.boot(POLL);
    expect(root.read("/etc/gitlab/initial_root_password")).toBe(`Password: ${PASSWORD}\n`);
  });

  test("moves the root password into a parameter on request, without an argument, and removes the file", async () => {
    const root = serverRoot({ rootPassword: RootPassword.inParameter("/production/gitlab/root-password") });
    const { log } = await root.boot(POLL);
    expect(root.read("/put")).toBe(PASSWORD);
    expect(root.calls).toContain(
      "aws ssm put-parameter --name /production/gitlab/root-password --type SecureString --overwrite --value file:///dev/stdin",
    );
    expect(root.read("/etc/gitlab/initial_root_password")).toBe("");
    expect(`${log}${root.calls.join("\n")}`).not.toContain(PASSWORD);
  });

  test("does not format a volume with data", async () => {
    const root = serverRoot();
    root.write("/formatted", "");
    await root.boot(POLL);
    expect(root.calls.filter((call) => call.startsWith("mkfs"))).toEqual([]);
  });

  test("fails without formatting when the content of the volume is unknown", async () => {
    const root = serverRoot();
    root.write("/probe", "8");
    expect(await root.boot(POLL)).toMatchObject({ state: "failed", status: { step: "04-data-volume" } });
    expect(root.calls.filter((call) => call.startsWith("mkfs"))).toEqual([]);
  });

  test("fails at a package repository with another key", async () => {
    const root = serverRoot();
    root.write("/fingerprint", "0000000000000000000000000000000000000000");
    const outcome = await root.boot(POLL);
    expect(outcome).toMatchObject({ state: "failed", status: { step: "05-gitlab" } });
    expect(outcome.log).toContain("does not have the fingerprint");
    expect(root.calls.filter((call) => call.startsWith("apt-get install"))).toEqual([]);
  });

  test("continues after a failed installation, and is idempotent", async () => {
    const root = serverRoot();
    root.standIn("gitlab-ctl", '[ -e "$ROOT/repaired" ]');
    expect(await root.boot(POLL)).toMatchObject({ state: "failed" });
    root.write("/repaired", "");
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    const before = root.calls.length;
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    expect(root.calls).toHaveLength(before);
    expect(root.read("/etc/fstab").split("\n").filter(Boolean)).toHaveLength(3);
  });

  test("fetches an own certificate with the role, readable only by root", async () => {
    const tls = Tls.ownCertificate({ certificate: "/gitlab/certificate", key: "/gitlab/key" });
    const root = serverRoot({ tls, url: "https://gitlab.example.com", host: "gitlab.example.com" });
    root.write("/token", "pem");
    root.write("/polled", "5");
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    expect(root.read("/etc/gitlab/ssl/gitlab.example.com.key")).toBe("pem");
    expect(statSync(root.path("/etc/gitlab/ssl/gitlab.example.com.key")).mode & 0o777).toBe(0o600);
  });

  test("backs up data and secrets to separate buckets", async () => {
    const root = serverRoot({
      backups: { plan: Backups.nightly(), dataBucket: "data-bucket", secretsBucket: "secrets-bucket" },
    });
    root.write("/var/opt/gitlab/backups/1_gitlab_backup.tar", "old");
    root.write("/var/opt/gitlab/backups/2_gitlab_backup.tar", "data");
    root.write("/var/opt/gitlab/backups-etc/gitlab_config_1.tar", "secrets");
    expect(await root.run(root.path("/usr/local/lib/groundwork/gitlab-backup"))).toBe(0);
    expect(root.calls.filter((call) => call.startsWith("aws s3"))).toEqual([
      `aws s3 cp --only-show-errors ${root.path("/var/opt/gitlab/backups/2_gitlab_backup.tar")} s3://data-bucket/`,
      `aws s3 cp --only-show-errors ${root.path("/var/opt/gitlab/backups-etc/gitlab_config_1.tar")} s3://secrets-bucket/`,
    ]);
  });

  test("fails a backup that created no archive", async () => {
    const root = serverRoot({ backups: { plan: Backups.nightly(), dataBucket: "data", secretsBucket: "secrets" } });
    root.write("/var/opt/gitlab/backups/.keep", "");
    expect(await root.run(root.path("/usr/local/lib/groundwork/gitlab-backup"))).not.toBe(0);
    expect(root.calls.filter((call) => call.startsWith("aws"))).toEqual([]);
  });
});

describe("first boot of a runner in a real run", () => {
  function runnerRoot(props: Partial<RunnerBootProps> = {}): BootRoot {
    const boot = runnerBoot({ ...RUNNER_PROPS, ...props });
    const root = rootOf(boot.render(), RUNNER);
    root.write("/token", TOKEN);
    return root;
  }

  test("installs the pinned runner and its images, and registers when token and server are available", async () => {
    const root = runnerRoot();
    expect(await root.boot(POLL)).toMatchObject({ code: 0, state: "done" });
    expect(root.calls).toContain(
      "apt-get install -y -qq gitlab-runner=18.11.2-1 gitlab-runner-helper-images=18.11.2-1",
    );
    const register = root.calls.filter((call) => call.startsWith("gitlab-runner register"));
    expect(register).toEqual([
      "gitlab-runner register --non-interactive --url http://10.30.0.10 --clone-url http://10.30.0.10 --executor shell --name lab-gitlab-runner --output-limit=8192",
    ]);
    expect(root.calls.at(-1)).toBe("gitlab-runner verify");
    expect(root.read("/etc/gitlab-runner/config.toml")).toMatch(/^concurrent = 6\ntoken/);
  });

  test("prepares the home directory for the shell executor: no .bash_logout, Node in .profile", async () => {
    const root = runnerRoot();
    await root.boot(POLL);
    expect(root.read("/home/gitlab-runner/.bash_logout")).toBe("");
    expect(root.read("/home/gitlab-runner/.profile").trim().split("\n")).toHaveLength(2);
    expect(root.read("/nvm")).toBe("nvm alias default 22.12.0\n");
    expect(root.read("/extracted")).not.toBe("");
  });

  test("executes nothing of nvm when its tag is at another commit", async () => {
    const root = runnerRoot();
    root.write("/nvm-commit", "0".repeat(40));
    const outcome = await root.boot(POLL);
    expect(outcome).toMatchObject({ state: "failed", status: { step: "05-node" } });
    expect(outcome.log).toContain(`is at commit ${"0".repeat(40)} instead of 977563e`);
    expect(root.read("/home/gitlab-runner/.nvm/nvm.sh")).toBe("");
  });

  test("extracts no archive of Node with another checksum", async () => {
    const root = runnerRoot({ nodeChecksums: { x64: "0".repeat(64), arm64: NODE } });
    const outcome = await root.boot(POLL);
    expect(outcome).toMatchObject({ state: "failed", status: { step: "05-node" } });
    expect(outcome.log).toContain(`has the SHA-256 ${NODE} instead of 000`);
    expect(root.read("/extracted")).toBe("");
  });

  test("installs no AWS CLI that AWS has not signed", async () => {
    const root = runnerRoot();
    root.write("/signer", "0".repeat(40));
    const outcome = await root.boot(POLL);
    expect(outcome).toMatchObject({ state: "failed", status: { step: "03-aws-cli" } });
    expect(outcome.log).toContain("is not signed by FB5DB77FD5C118B80511ADA8A6310ACC4672475C");
    expect(root.calls.filter((call) => call.startsWith("unzip"))).toEqual([]);
  });

  test("blocks the metadata service before the runner is installed", async () => {
    const root = runnerRoot();
    await root.boot(POLL);
    const rule = "OUTPUT -d 169.254.169.254/32 -m owner ! --uid-owner 0 -j REJECT --reject-with icmp-admin-prohibited";
    const at = root.calls.indexOf(`iptables -w -I ${rule}`);
    expect(at).toBeGreaterThan(-1);
    expect(at).toBeLessThan(root.calls.findIndex((call) => call.startsWith("apt-get install")));
    expect(root.calls.some((call) => call.startsWith("ip6tables -w -I OUTPUT -d fd00:ec2::254/128"))).toBe(true);
  });

  test("gives jobs a credential process with the credentials of their role, once IAM trusts the machine", async () => {
    const root = runnerRoot();
    root.write("/untrusted", "");
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    const path = "/var/lib/groundwork/job-credentials.json";
    expect(JSON.parse(root.read(path))).toEqual({
      ...{ Version: 1, AccessKeyId: "A", SecretAccessKey: "S", SessionToken: "T" },
      Expiration: "2026-01-01T00:00:00Z",
    });
    expect(statSync(root.path(path)).mode & 0o777).toBe(0o640);
    expect(root.read("/home/gitlab-runner/.aws/config")).toContain("credential_process = /bin/cat ");
    expect(root.calls.some((call) => call.includes("--role-arn arn:aws:iam::111122223333:role/jobs"))).toBe(true);
  });

  test("exposes the token neither in arguments nor in the log", async () => {
    const root = runnerRoot();
    const { log } = await root.boot(POLL);
    expect(`${log}${root.calls.join("\n")}`).not.toContain(TOKEN);
  });

  test("registers only once", async () => {
    const root = runnerRoot();
    await root.boot(POLL);
    await root.run(root.path("/usr/local/lib/groundwork/first-boot.d/07-register"), POLL);
    expect(root.calls.filter((call) => call.startsWith("gitlab-runner register"))).toHaveLength(1);
  });

  test("removes an entry with a replaced token before it registers with the new one", async () => {
    const root = runnerRoot();
    root.write("/etc/gitlab-runner/config.toml", '[[runners]]\ntoken = "replaced"\n');
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    expect(root.calls.filter((call) => call.startsWith("gitlab-runner"))).toEqual([
      "gitlab-runner verify --delete",
      expect.stringMatching(/^gitlab-runner register /),
      "gitlab-runner verify",
    ]);
  });

  test("connects to the private address of a server with a host name, with one entry in /etc/hosts", async () => {
    const root = runnerRoot({ serverUrl: "https://gitlab.example.com", serverAddress: "10.30.0.10" });
    root.write("/etc/hosts", "127.0.0.1 localhost\n10.30.0.9 gitlab.example.com\n");
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
    await root.run(root.path("/usr/local/lib/groundwork/first-boot.d/07-register"), POLL);
    expect(root.read("/etc/hosts")).toBe("127.0.0.1 localhost\n10.30.0.10 gitlab.example.com\n");
  });

  test("waits until the parameter contains a runner's token", async () => {
    const root = runnerRoot();
    root.write("/token", "not yet");
    root.standIn("sleep", `printf '%s' '${TOKEN}' >"$ROOT/token"`);
    expect(await root.boot(POLL)).toMatchObject({ state: "done" });
  });

  test("fails when jobs would run another version of Node", async () => {
    const root = runnerRoot();
    root.standIn("node", "echo v18.0.0");
    const outcome = await root.boot(POLL);
    expect(outcome).toMatchObject({ state: "failed", status: { step: "05-node" } });
    expect(outcome.log).toContain("jobs would run node v18.0.0 instead of v22.12.0");
  });
});

describe("first boot of a server with a runner on its machine in a real run", () => {
  function bothRoot(): BootRoot {
    const runner = { ...RUNNER_PROPS, serverUrl: "https://gitlab.example.com", serverAddress: "127.0.0.1" };
    const boot = serverBoot({ ...SERVER_PROPS, hasRunner: true }).with(...sameMachineParts(runner));
    const root = rootOf(boot.render(), {
      ...SERVER,
      ...RUNNER,
      "apt-get": `case "$*" in *gitlab-runner=*) ${RUNNER["apt-get"]} ;; *) ${SERVER["apt-get"]} ;; esac`,
    });
    root.write(DEVICE, "");
    root.write("/password", PASSWORD);
    root.write("/token", TOKEN);
    root.write("/etc/hosts", "127.0.0.1 localhost\n");
    return root;
  }

  test("installs the server, then the runner, and registers it at the loopback address", async () => {
    const root = bothRoot();
    expect(await root.boot(POLL)).toMatchObject({ code: 0, state: "done" });
    expect(root.calls.filter((call) => /^(apt-get install|gitlab-ctl|gitlab-runner)/.test(call))).toEqual([
      "apt-get install -y -qq gitlab-ce=18.11.2-ce.0",
      "gitlab-ctl reconfigure",
      "apt-get install -y -qq gitlab-runner=18.11.2-1 gitlab-runner-helper-images=18.11.2-1",
      expect.stringContaining("gitlab-runner register --non-interactive --url https://gitlab.example.com "),
      "gitlab-runner verify",
    ]);
    expect(root.read("/etc/hosts")).toBe("127.0.0.1 localhost\n127.0.0.1 gitlab.example.com\n");
  });

  test("blocks the metadata service before either package is installed", async () => {
    const root = bothRoot();
    await root.boot(POLL);
    const block = root.calls.findIndex((call) => call.startsWith("iptables -w -I OUTPUT -d 169.254.169.254/32"));
    expect(block).toBeGreaterThan(-1);
    expect(block).toBeLessThan(root.calls.findIndex((call) => call.startsWith("apt-get install")));
  });
});
