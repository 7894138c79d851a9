import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/files";
import { Limit } from "@groundwork/constructs/boot/limit";
import { Packages } from "@groundwork/constructs/boot/packages";
import { BOO001, BOO002, BOO003, BOO004, BOO005, BOO006, BOO007, BOO008 } from "@groundwork/constructs/boot/rules";
import { SshKeys } from "@groundwork/constructs/boot/ssh-keys";
import { Steps } from "@groundwork/constructs/boot/steps";
import { forTerraform, holdsToken } from "@groundwork/constructs/boot/terraform-text";
import { Units } from "@groundwork/constructs/boot/units";
import { Users } from "@groundwork/constructs/boot/users";
import fc from "fast-check";
import { BootRoot, readCloudConfig } from "../../support/boot-root";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl operator@example.com";

describe("CloudInit", () => {
  test("renders what cloud-init reads, in the order in which it works", () => {
    const text = CloudInit.amazonLinux()
      .with(
        SshKeys.of(KEY),
        Users.of("deploy", { groups: ["docker"], administrator: true, sshKeys: [KEY] }),
        Packages.of("nginx", "jq=1.7.1-3"),
        Files.text("/etc/motd", "hello\n"),
        Files.settings("/etc/site.env", { NAME: "shop" }, { mode: "0600", owner: "deploy:deploy", deferred: true }),
        Units.timer("tidy", { description: "tidies", calendar: "daily" }),
      )
      .render();
    expect(text).toBe(`#cloud-config
ssh_authorized_keys:
  - ${KEY}
users:
  - default
  - name: deploy
    shell: /bin/bash
    lock_passwd: true
    groups:
      - docker
    ssh_authorized_keys:
      - ${KEY}
    sudo: ALL=(ALL) NOPASSWD:ALL
write_files:
  - path: /etc/motd
    permissions: "0644"
    content: |
      hello
  - path: /etc/site.env
    owner: deploy:deploy
    permissions: "0600"
    defer: true
    content: |
      NAME='shop'
  - path: /etc/systemd/system/tidy.timer
    permissions: "0644"
    content: |
      [Unit]
      Description=tidies

      [Timer]
      OnCalendar=daily
      Persistent=true

      [Install]
      WantedBy=timers.target
package_update: true
packages:
  - nginx
  - jq=1.7.1-3
runcmd:
  - - systemctl
    - daemon-reload
  - - systemctl
    - enable
    - --now
    - tidy.timer
`);
  });

  test("is a value: with changes nothing that is there", () => {
    const base = CloudInit.ubuntu();
    const before = base.render();
    base.with(Packages.of("nginx"));
    expect(base.render()).toBe(before);
  });

  test("starts steps in a unit of their own, so that cloud-init ends whatever they wait for", () => {
    const { runcmd = [], write_files: files = [] } = readCloudConfig(
      CloudInit.ubuntu().with(Steps.run("web", "true")).render(),
    );
    expect(runcmd.at(-1)).toEqual(["systemctl", "start", "--no-block", "groundwork-first-boot.service"]);
    const unit = files.find(({ path }) => path.endsWith("groundwork-first-boot.service"));
    expect(unit?.content).toContain("Type=oneshot\nExecStart=/usr/local/lib/groundwork/first-boot\n");
  });

  test("gives files back byte for byte, packed or not", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.boolean(), (text, packed) => {
        const rendered = CloudInit.amazonLinux().with(Files.text("/etc/x", text)).render({ packed });
        expect(readCloudConfig(rendered).write_files?.[0]?.content).toBe(text);
      }),
    );
  });

  test("packs files for OpenStack only when they would not fit, and never what Terraform has yet to fill in", () => {
    const long = "a line of a script\n".repeat(3_000);
    const short = CloudInit.amazonLinux().with(Files.text("/etc/short", "short\n"));
    expect(short.userData(Limit.NHN)).not.toContain("gz+b64");
    const text = short
      .with(Files.text("/etc/long", long), Files.text("/etc/token", `$\{TfToken[TOKEN.1]}\n`))
      .userData(Limit.NHN);
    expect(text).toContain('path: /etc/long\n    permissions: "0644"\n    encoding: gz+b64');
    expect(text).toContain("${TfToken[TOKEN.1]}");
  });

  test("leaves the comments of a shell's scripts out when room is short, but for what they say they are", () => {
    const script =
      '#!/bin/bash\n# What it is.\n# Why.\nfor a in 1; do\n  # Why this.\n  echo "# $a" # as it is\ndone\n';
    const files = {
      "/etc/script": script,
      "/etc/document": `${script}cat <<EOF >/etc/x\n# kept\nEOF\n`,
      "/etc/program": "#!/usr/bin/env python3\n# kept\n",
      "/etc/text": "# kept\n",
    };
    const boot = CloudInit.amazonLinux().with(...Object.entries(files).map(([path, text]) => Files.text(path, text)));
    const contents = (packed: boolean) =>
      Object.fromEntries(
        (readCloudConfig(boot.render({ packed })).write_files ?? []).map(({ path, content }) => [path, content]),
      );
    expect(contents(false)).toEqual(files);
    const bare = '#!/bin/bash\n# What it is.\nfor a in 1; do\n  echo "# $a" # as it is\ndone\n';
    expect(contents(true)).toEqual({ ...files, "/etc/script": bare });
  });

  test("counts for EC2 what its gzip has, which leaves the text readable", () => {
    const boot = CloudInit.amazonLinux().with(Files.text("/etc/long", "a line of a script\n".repeat(3_000)));
    expect(boot.userData(Limit.EC2)).toContain("a line of a script");
  });

  test("rejects user data beyond the cloud's limit", () => {
    const random = randomBytes(60_000).toString("hex");
    const of = (text: string) => CloudInit.amazonLinux().with(Files.text("/etc/x", text));
    expect(() => of("short").userData(Limit.EC2)).not.toThrow();
    expect(() => of(random.slice(0, 40_000)).userData(Limit.EC2)).toViolate(BOO001, /EC2 takes 16384/);
    expect(() => of(random.slice(0, 40_000)).userData(Limit.OPENSTACK)).not.toThrow();
    expect(() => of(random).userData(Limit.NHN)).toViolate(BOO001, /NHN Cloud takes 49149/);
    expect(() => of(`${random.slice(0, 48_900)}$\{TfToken[T]}`).userData(Limit.NHN)).toViolate(BOO001);
  });

  test.each(["etc/motd", "/tmp/x", "/etc/../x", "/etc/", "/etc/a b"])("rejects a file at %s", (path) => {
    expect(() => Files.text(path, "")).toViolate(BOO002);
  });

  test("rejects a mode that is none, and two files of one path", () => {
    expect(() => Files.text("/etc/x", "", { mode: "rw" })).toViolate(BOO002, /"rw"/);
    const file = Files.text("/etc/x", "");
    expect(() => CloudInit.ubuntu().with(file, file).render()).toViolate(BOO002, /\/etc\/x written twice/);
  });

  test("rejects what is no package, no key, no user", () => {
    expect(() => Packages.of("nginx; rm")).toViolate(BOO003);
    expect(() => SshKeys.of("ssh-ed25519 AAAA\nx")).toViolate(BOO004);
    const secret = ["-----BEGIN OPENSSH", "PRIVATE KEY-----"].join(" ");
    expect(() => Users.of("deploy", { sshKeys: [secret] })).toViolate(BOO004, /a key of \d+ characters/);
    expect(() => Users.of("Deploy")).toViolate(BOO005);
    const user = Users.of("deploy");
    expect(() => CloudInit.ubuntu().with(user, user).render()).toViolate(BOO005, /twice/);
  });

  test("rejects names of steps and units that are none, or taken", () => {
    expect(() => Steps.run("a b", "true")).toViolate(BOO006);
    expect(() => Units.timer("a.timer", { description: "", calendar: "daily" })).toViolate(BOO006);
    const step = Steps.run("web", "true");
    expect(() => CloudInit.ubuntu().with(step, step).render()).toViolate(BOO006, /"web" twice/);
  });

  test("rejects a secret in a file or a step, without repeating it", () => {
    const secret = ["glrt", "abcdefghij0123456789"].join("-");
    const rendering = () =>
      CloudInit.ubuntu()
        .with(Steps.run("register", `export X=${secret}`))
        .render();
    expect(rendering).toViolate(BOO007, /01-register: the text looks like a GitLab token/);
    expect(rendering).not.toThrow(secret);
  });

  test.each([
    ["NAME", "it's"],
    ["NAME", "two\nlines"],
    ["name", "x"],
  ])("rejects the setting %s=%j", (name, value) => {
    expect(() => Files.settings("/etc/x.env", { [name]: value })).toViolate(BOO008);
  });

  test("is escaped for Terraform so that only CDKTF's tokens are left to it", () => {
    const text = "echo ${HOME} $${X} %{http_code} ${TfToken[TOKEN.3]}";
    expect(forTerraform(text)).toBe("echo $${HOME} $$${X} %%{http_code} ${TfToken[TOKEN.3]}");
    expect([holdsToken(text), holdsToken("echo ${HOME}")]).toEqual([true, false]);
  });
});

describe("the first boot, really run", () => {
  const roots: BootRoot[] = [];
  const rootOf = (boot: CloudInit, standIns: Readonly<Record<string, string>> = {}) => {
    const root = new BootRoot(boot.render(), standIns);
    roots.push(root);
    return root;
  };
  afterAll(() => {
    for (const root of roots) root.remove();
  });

  test("runs its steps in order, says what they said, and ends in the word done", async () => {
    const steps = Array.from({ length: 11 }, (_, index) => Steps.run(`step-${index}`, `echo "said ${index}"`));
    const outcome = await rootOf(CloudInit.ubuntu().with(...steps)).boot();
    expect(outcome).toMatchObject({ code: 0, state: "done", status: { state: "done" } });
    expect([...outcome.log.matchAll(/^said (\d+)$/gm)].map((match) => Number(match[1]))).toEqual([...Array(11).keys()]);
  });

  test("ends at the first failure and says which step, then goes on there when it was mended", async () => {
    const root = rootOf(
      CloudInit.ubuntu().with(
        Steps.run("first", "echo first >>/var/lib/ran"),
        Steps.run("second", "test -e /etc/mended", "echo second >>/var/lib/ran"),
        Steps.run("third", "echo third >>/var/lib/ran"),
      ),
    );
    root.write("/var/lib/ran", "");
    expect(await root.boot()).toMatchObject({
      code: 1,
      state: "failed",
      status: { state: "failed", step: "02-second", code: 1 },
    });
    root.write("/etc/mended", "");
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    expect(root.read("/var/lib/ran")).toBe("first\nsecond\nthird\n");
  });

  test("fails at once when a package is missing that cloud-init was to install, naming it", async () => {
    const boot = CloudInit.ubuntu().with(Packages.of("curl", "jq=1.7"), Steps.run("web", "touch /var/lib/ran"));
    const root = rootOf(boot, { "dpkg-query": '[ "$2" != jq ]' });
    const outcome = await root.boot();
    expect(outcome).toMatchObject({ state: "failed", status: { step: "01-packages" } });
    expect(outcome.log).toContain("package jq is not installed");
    expect(root.calls).toEqual(["dpkg-query -W curl", "dpkg-query -W jq"]);
  });

  test("writes its log for administrators only", async () => {
    const root = rootOf(CloudInit.ubuntu().with(Steps.run("web", "true")));
    await root.boot();
    expect(statSync(root.path("/var/log/groundwork/first-boot.log")).mode & 0o777).toBe(0o640);
  });
});
