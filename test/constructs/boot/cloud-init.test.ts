import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Limit } from "@groundwork/constructs/boot/limit";
import { Packages } from "@groundwork/constructs/boot/parts/packages";
import { BOO001, BOO002, BOO003, BOO004, BOO005, BOO006, BOO007, BOO008 } from "@groundwork/constructs/boot/rules";
import { SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { forTerraform, holdsToken } from "@groundwork/constructs/boot/terraform-text";
import { Units } from "@groundwork/constructs/boot/parts/units";
import { Users } from "@groundwork/constructs/boot/parts/users";
import fc from "fast-check";
import { BootRoot, readCloudConfig } from "../../support/boot-root";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl operator@example.com";

describe("CloudInit", () => {
  test("renders a cloud-config in the order in which cloud-init processes it", () => {
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

  test("is not changed by with", () => {
    const base = CloudInit.ubuntu();
    const before = base.render();
    base.with(Packages.of("nginx"));
    expect(base.render()).toBe(before);
  });

  test("starts the steps in a separate unit, so that cloud-init does not wait for them", () => {
    const { runcmd = [], write_files: files = [] } = readCloudConfig(
      CloudInit.ubuntu().with(Steps.run("web", "true")).render(),
    );
    expect(runcmd.at(-1)).toEqual(["systemctl", "start", "--no-block", "groundwork-first-boot.service"]);
    const unit = files.find(({ path }) => path.endsWith("groundwork-first-boot.service"));
    expect(unit?.content).toContain("Type=oneshot\nExecStart=/usr/local/lib/groundwork/first-boot\n");
  });

  test("preserves files byte for byte, compressed or not", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.boolean(), (text, compressed) => {
        const rendered = CloudInit.amazonLinux().with(Files.text("/etc/x", text)).render({ compressed });
        expect(readCloudConfig(rendered).write_files?.[0]?.content).toBe(text);
      }),
    );
  });

  test("contains no character that cloud-init's YAML parser takes for a line break, or rejects", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.constantFrom("\u2028", "\u0085", "\u2029"),
        (text, end) => {
          const content = `${text}${end}runcmd: [touch, /pwned]\n`;
          const rendered = CloudInit.amazonLinux().with(Files.text("/etc/x", content)).render();
          expect(rendered).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/);
          expect(readCloudConfig(rendered).write_files?.[0]?.content).toBe(content);
        },
      ),
    );
  });

  test("compresses files for OpenStack only when they would not fit, and never files with values known only at apply", () => {
    const long = "a line of a script\n".repeat(3_000);
    const short = CloudInit.amazonLinux().with(Files.text("/etc/short", "short\n"));
    expect(short.userData(Limit.NHN)).not.toContain("gz+b64");
    const text = short
      .with(Files.text("/etc/long", long), Files.text("/etc/token", `$\{TfToken[TOKEN.1]}\n`))
      .userData(Limit.NHN);
    expect(text).toContain('path: /etc/long\n    permissions: "0644"\n    encoding: gz+b64');
    expect(text).toContain("${TfToken[TOKEN.1]}");
  });

  test("omits the comments of shell scripts except the first when it compresses files", () => {
    const script =
      '#!/bin/bash\n# What it is.\n# Why.\nfor a in 1; do\n  # Why this.\n  echo "# $a" # unchanged\ndone\n';
    const files = {
      "/etc/script": script,
      "/etc/document": `${script}cat <<EOF >/etc/x\n# kept\nEOF\n`,
      "/etc/program": "#!/usr/bin/env python3\n# kept\n",
      "/etc/text": "# kept\n",
    };
    const boot = CloudInit.amazonLinux().with(...Object.entries(files).map(([path, text]) => Files.text(path, text)));
    const contents = (compressed: boolean) =>
      Object.fromEntries(
        (readCloudConfig(boot.render({ compressed })).write_files ?? []).map(({ path, content }) => [path, content]),
      );
    expect(contents(false)).toEqual(files);
    const bare = '#!/bin/bash\n# What it is.\nfor a in 1; do\n  echo "# $a" # unchanged\ndone\n';
    expect(contents(true)).toEqual({ ...files, "/etc/script": bare });
  });

  test("counts the compressed bytes for EC2 and keeps the text readable", () => {
    const boot = CloudInit.amazonLinux().with(Files.text("/etc/long", "a line of a script\n".repeat(3_000)));
    expect(boot.userData(Limit.EC2)).toContain("a line of a script");
  });

  test("rejects user data beyond the cloud's limit", () => {
    const random = randomBytes(60_000).toString("hex");
    const bootWith = (text: string) => CloudInit.amazonLinux().with(Files.text("/etc/x", text));
    expect(() => bootWith("short").userData(Limit.EC2)).not.toThrow();
    expect(() => bootWith(random.slice(0, 40_000)).userData(Limit.EC2)).toViolate(BOO001, /EC2 accepts 16384/);
    expect(() => bootWith(random.slice(0, 40_000)).userData(Limit.OPENSTACK)).not.toThrow();
    expect(() => bootWith(random).userData(Limit.NHN)).toViolate(BOO001, /NHN Cloud accepts 49149/);
    expect(() => bootWith(`${random.slice(0, 48_900)}$\{TfToken[T]}`).userData(Limit.NHN)).toViolate(BOO001);
  });

  test.each(["etc/motd", "/tmp/x", "/etc/../x", "/etc/", "/etc/a b"])("rejects a file at %s", (path) => {
    expect(() => Files.text(path, "")).toViolate(BOO002);
  });

  test("rejects an invalid mode, and two files with the same path", () => {
    expect(() => Files.text("/etc/x", "", { mode: "rw" })).toViolate(BOO002, /"rw"/);
    const file = Files.text("/etc/x", "");
    expect(() => CloudInit.ubuntu().with(file, file).render()).toViolate(BOO002, /two files with the path \/etc\/x/);
  });

  test("rejects invalid packages, keys and users", () => {
    expect(() => Packages.of("nginx; rm")).toViolate(BOO003);
    expect(() => SshKeys.of("ssh-ed25519 AAAA\nx")).toViolate(BOO004);
    const secret = ["-----BEGIN OPENSSH", "PRIVATE KEY-----"].join(" ");
    expect(() => Users.of("deploy", { sshKeys: [secret] })).toViolate(BOO004, /a private key/);
    expect(() => Users.of("Deploy")).toViolate(BOO005);
    const user = Users.of("deploy");
    expect(() => CloudInit.ubuntu().with(user, user).render()).toViolate(BOO005, /two users "deploy"/);
  });

  test("rejects invalid and duplicate names of steps and units", () => {
    expect(() => Steps.run("a b", "true")).toViolate(BOO006);
    expect(() => Units.timer("a.timer", { description: "", calendar: "daily" })).toViolate(BOO006);
    const step = Steps.run("web", "true");
    expect(() => CloudInit.ubuntu().with(step, step).render()).toViolate(BOO006, /two steps or units "web"/);
  });

  test("rejects a secret in a file or a step, without printing it", () => {
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

  test("is escaped for Terraform except CDKTF tokens", () => {
    const text = "echo ${HOME} $${X} %{http_code} ${TfToken[TOKEN.3]}";
    expect(forTerraform(text)).toBe("echo $${HOME} $$${X} %%{http_code} ${TfToken[TOKEN.3]}");
    expect([holdsToken(text), holdsToken("echo ${HOME}")]).toEqual([true, false]);
  });
});

describe("the first boot, executed", () => {
  const roots: BootRoot[] = [];
  const rootOf = (boot: CloudInit, standIns: Readonly<Record<string, string>> = {}) => {
    const root = new BootRoot(boot.render(), standIns);
    roots.push(root);
    return root;
  };
  afterAll(() => {
    for (const root of roots) root.remove();
  });

  test("runs its steps in order, logs their output, and ends in the state done", async () => {
    const steps = Array.from({ length: 11 }, (_, index) => Steps.run(`step-${index}`, `echo "output ${index}"`));
    const outcome = await rootOf(CloudInit.ubuntu().with(...steps)).boot();
    expect(outcome).toMatchObject({ code: 0, state: "done", status: { state: "done" } });
    expect([...outcome.log.matchAll(/^output (\d+)$/gm)].map((match) => Number(match[1]))).toEqual([
      ...Array(11).keys(),
    ]);
  });

  test("stops at the first failure and reports its step, then resumes there", async () => {
    const root = rootOf(
      CloudInit.ubuntu().with(
        Steps.run("first", "echo first >>/var/lib/ran"),
        Steps.run("second", "test -e /etc/corrected", "echo second >>/var/lib/ran"),
        Steps.run("third", "echo third >>/var/lib/ran"),
      ),
    );
    root.write("/var/lib/ran", "");
    expect(await root.boot()).toMatchObject({
      code: 1,
      state: "failed",
      status: { state: "failed", step: "02-second", code: 1 },
    });
    root.write("/etc/corrected", "");
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    expect(root.read("/var/lib/ran")).toBe("first\nsecond\nthird\n");
  });

  test("fails in the first step when cloud-init could not install a package, naming the package", async () => {
    const boot = CloudInit.ubuntu().with(Packages.of("curl", "jq=1.7"), Steps.run("web", "touch /var/lib/ran"));
    const root = rootOf(boot, { "dpkg-query": '[ "$2" != jq ]' });
    const outcome = await root.boot();
    expect(outcome).toMatchObject({ state: "failed", status: { step: "01-packages" } });
    expect(outcome.log).toContain("package jq is not installed");
    expect(root.calls).toEqual(["dpkg-query -W curl", "dpkg-query -W jq"]);
  });

  test("restricts its log to administrators", async () => {
    const root = rootOf(CloudInit.ubuntu().with(Steps.run("web", "true")));
    await root.boot();
    expect(statSync(root.path("/var/log/groundwork/first-boot.log")).mode & 0o777).toBe(0o640);
  });
});
