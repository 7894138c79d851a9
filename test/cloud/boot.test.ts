import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Limit } from "@groundwork/constructs/boot/limit";
import { Packages } from "@groundwork/constructs/boot/parts/packages";
import { SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { Units } from "@groundwork/constructs/boot/parts/units";
import { Users } from "@groundwork/constructs/boot/parts/users";
import { Backups } from "@groundwork/constructs/gitlab/server/backups";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import { runnerBoot } from "@groundwork/constructs/gitlab/runner/runner-boot";
import { serverBoot } from "@groundwork/constructs/gitlab/server/server-boot";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { bastionBoot } from "@groundwork/constructs/openstack/administration/bastion-boot";
import { ensurePython, pythonHome } from "@groundwork/tooling/python";
import { readCloudConfig } from "../support/boot-root";
import { cloudInitHome, schemaCheck } from "./support/cloud-init";
import { shellcheck } from "./support/shellcheck";

const ROOT = join(__dirname, "../..");
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl operator@example.com";

/** Every kind of part. */
const EVERYTHING = CloudInit.ubuntu().with(
  Packages.of("curl", "jq=1.7.1-3"),
  Users.of("deploy", { groups: ["docker"], administrator: true, sshKeys: [KEY] }),
  SshKeys.of(KEY),
  Files.text("/etc/motd", "hello\n", { mode: "0640", owner: "root:adm", deferred: true }),
  Files.program("/usr/local/bin/long", `#!/bin/bash\n${"echo a line of a script\n".repeat(40)}`),
  Files.settings("/etc/groundwork/site.env", { BUCKET: "shop" }),
  Steps.run("web", "systemctl enable --now nginx"),
  Units.service("web", {
    description: "web",
    command: "/usr/local/bin/long",
    user: "deploy",
    settings: ["/etc/groundwork/site.env"],
  }),
  Units.timer("tidy", { description: "tidies", calendar: "daily", service: "web" }),
);

const GITLAB = { version: GitLabVersion.of("18.11.2"), region: "us-west-2" };

/** A server with all steps. */
const SERVER = serverBoot({
  ...GITLAB,
  url: "https://gitlab.example.com",
  host: "gitlab.example.com",
  settings: {},
  tls: Tls.ownCertificate({ certificate: "/gitlab/certificate", key: "/gitlab/key" }),
  volumeId: "vol-0123456789abcdef0",
  rootPassword: RootPassword.inParameter("/gitlab/root-password"),
  backups: { plan: Backups.nightly(), dataBucket: "data", secretsBucket: "secrets" },
  configuration: GitLabConfiguration.of({
    group: "lab",
    project: "site",
    importUrl: "https://git.example.com/site.git",
    runnerTokenParameter: "/gitlab/runner-token",
  }),
});

const RUNNER = runnerBoot({
  serverAddress: "10.30.0.10",
  ...GITLAB,
  serverUrl: "https://gitlab.example.com",
  tokenParameter: "/gitlab/runner-token",
  name: "runner",
  concurrent: 6,
  nodeVersion: "22.12.0",
  registerOptions: { "output-limit": "8192" },
  jobRoleArn: "arn:aws:iam::111122223333:role/jobs",
});

const documents: Readonly<Record<string, string>> = {
  "a GitLab server": SERVER.userData(Limit.EC2),
  "a GitLab runner": RUNNER.userData(Limit.EC2),
  "a bastion": bastionBoot().userData(Limit.NHN),
  "every kind of part": EVERYTHING.render(),
  "every kind of part, files compressed": EVERYTHING.render({ compressed: true }),
};

/** All shell scripts of the library, and those that the documents write. */
const scripts = new Map<string, string>([
  ...["boot", "gitlab"].flatMap((directory) =>
    programs(directory).map((path): [string, string] => [`${directory}/${basename(path)}`, readFileSync(path, "utf8")]),
  ),
  ...Object.values(documents).flatMap((text) =>
    (readCloudConfig(text).write_files ?? [])
      .filter(({ content }) => content.startsWith("#!/bin/bash"))
      .map(({ path, content }): [string, string] => [path, content]),
  ),
]);

beforeAll(() => ensurePython(() => undefined));

describe("cloud-init's schema check", () => {
  const home = cloudInitHome();
  const checked = home === undefined ? test.skip : test;

  checked.each(Object.keys(documents))("accepts %s", (name) => {
    const { code, output } = schemaCheck(home ?? "", documents[name] ?? "");
    expect(output).toContain("Valid");
    expect(code).toBe(0);
  });

  checked("rejects an invalid document", () => {
    expect(schemaCheck(home ?? "", "#cloud-config\nruncmd: 3\n").code).not.toBe(0);
  });
});

describe("the YAML parser of cloud-init", () => {
  test.each(["\u0085", "\u2028", "\u2029", "\u007f", "\ufeff"])("reads a text with %j as one text", (character) => {
    const text = `a${character}runcmd: [touch, pwned]\n`;
    const read = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read())))";
    const { stdout, stderr } = spawnSync(join(pythonHome(), "bin/python"), ["-c", read], {
      input: CloudInit.amazonLinux().with(Files.text("/etc/x", text)).render(),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document["write_files"]).toEqual([{ path: "/etc/x", permissions: "0644", content: text }]);
    expect(document).not.toHaveProperty("runcmd");
  });
});

describe("shellcheck", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-shellcheck-"));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test.each([...scripts])("reports nothing for %s", (name, text) => {
    const file = join(directory, name.replace(/\W+/g, "-"));
    writeFileSync(file, text);
    const { output, error } = shellcheck(file);
    expect(error).toBeUndefined();
    expect(output).toBe("");
  });
});

function programs(directory: string): readonly string[] {
  const folder = join(ROOT, "constructs", directory, "programs");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sh"))
    .map((name) => join(folder, name));
}
