import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { programText } from "@groundwork/constructs/boot/program-text";
import { ensurePython } from "@groundwork/tooling/python";
import { BootRoot } from "../support/boot-root";

const GITLAB_KEY = "F6403F6544A38863DAA0B6E03F01618A51312F3F";

/** A first boot with these programs in /usr/local/bin. */
function rootWith(
  programs: Readonly<Record<string, string>>,
  standIns: Readonly<Record<string, string>> = {},
): BootRoot {
  const files = Object.entries(programs).map(([name, text]) => Files.program(`/usr/local/bin/${name}`, text));
  return new BootRoot(
    CloudInit.ubuntu()
      .with(...files)
      .render(),
    standIns,
  );
}

/** Runs a program of a root and returns its exit code and its output. */
function run(root: BootRoot, program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("bash", [root.path(`/usr/local/bin/${program}`), ...args], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${root.path("/.bin")}:${process.env["PATH"] ?? ""}` },
  });
  return { code: status, output: `${stdout}${stderr}` };
}

/** OpenPGP keys in a directory of their own. */
class Keyring {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-gpg-"));

  gpg(...args: readonly string[]): string {
    return execFileSync("gpg", ["--homedir", this.directory, "--batch", "--quiet", "--yes", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  /** Creates a key and returns its fingerprint. */
  create(name: string): string {
    this.gpg("--passphrase", "", "--quick-gen-key", `${name} <${name}@example.com>`, "ed25519", "sign", "never");
    return this.fingerprintsIn(this.gpg("--with-colons", "--fingerprint", name))[0] ?? "";
  }

  fingerprintsIn(listing: string): readonly string[] {
    return [...listing.matchAll(/^pub:.*\n(?:(?!pub:).*\n)*?fpr:+([0-9A-F]{40}):/gm)].map(([, print = ""]) => print);
  }

  remove(): void {
    spawnSync("gpgconf", ["--homedir", this.directory, "--kill", "all"]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

describe("the signing key of the GitLab packages", () => {
  const keys = new Keyring();
  afterAll(() => {
    keys.remove();
  });

  test("is the only key that apt trusts, also if the downloaded file contains further ones", () => {
    const [own, foreign] = [keys.create("gitlab"), keys.create("attacker")];
    const script = programText("gitlab", "add-repository.sh").replace(GITLAB_KEY, own);
    for (const order of [
      [own, foreign],
      [foreign, own],
    ]) {
      const root = rootWith(
        { "add-repository": script },
        { curl: 'while [ "$1" != --output ]; do shift; done; cp "$ROOT/key" "$2"' },
      );
      root.write("/etc/os-release", "VERSION_CODENAME=noble\n");
      root.write("/etc/apt/sources.list.d/.keep", "");
      root.write("/key", order.map((print) => keys.gpg("--armor", "--export", print)).join(""));
      expect(run(root, "add-repository", "gitlab", "https://packages.gitlab.com/x/")).toMatchObject({ code: 0 });
      const keyring = root.path("/etc/apt/keyrings/gitlab.gpg");
      expect(keys.fingerprintsIn(keys.gpg("--show-keys", "--with-colons", keyring))).toEqual([own]);
      expect(root.read("/etc/apt/sources.list.d/gitlab.list")).toContain(`signed-by=${keyring}`);
      root.remove();
    }
  });

  test("fails with the key of another owner, and adds no repository", () => {
    const foreign = keys.create("other");
    const root = rootWith(
      { "add-repository": programText("gitlab", "add-repository.sh") },
      { curl: 'while [ "$1" != --output ]; do shift; done; cp "$ROOT/key" "$2"' },
    );
    root.write("/key", keys.gpg("--armor", "--export", foreign));
    const { code, output } = run(root, "add-repository", "gitlab", "https://packages.gitlab.com/x/");
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining("does not have the fingerprint") as string,
    });
    expect(existsSync(root.path("/etc/apt/keyrings/gitlab.gpg"))).toBe(false);
    root.remove();
  });
});

describe("verified-download", () => {
  const keys = new Keyring();
  const directory = mkdtempSync(join(tmpdir(), "groundwork-download-"));
  const curl = `while (($# > 1)); do [ "$1" != --output ] || out=$2; shift; done
case $1 in *.sig) cp "$ROOT/signature" "$out" ;; *) [ -e "$ROOT/content" ] && cp "$ROOT/content" "$out" || exit 22 ;; esac`;
  const root = rootWith({ "verified-download": programText("boot", "verified-download.sh") }, { curl });
  const file = join(directory, "file");
  afterAll(() => {
    keys.remove();
    root.remove();
    rmSync(directory, { recursive: true });
  });
  const download = (...args: readonly string[]) => run(root, "verified-download", ...args);
  const sum = createHash("sha256").update("content").digest("hex");

  test("leaves a file with the expected checksum only", () => {
    root.write("/content", "content");
    expect(download("https://example.com/x", file, "sha256", sum)).toMatchObject({ code: 0 });
    expect(readFileSync(file, "utf8")).toBe("content");
    root.write("/content", "other");
    const { code, output } = download("https://example.com/x", file, "sha256", sum);
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining(`instead of ${sum}`) as string });
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  test.each(["", "x", "A".repeat(64), `${"0".repeat(64)} `, `${"0".repeat(64)}\n`])(
    "rejects the checksum %j",
    (given) => {
      root.write("/content", "content");
      expect(download("https://example.com/x", file, "sha256", given)).toMatchObject({ code: 2 });
      expect(existsSync(file)).toBe(false);
    },
  );

  test.each(["http://example.com/x", "file:///etc/passwd", "--config=/x", "-o/x", "HTTPS://example.com"])(
    "rejects the URL %s without a request",
    (url) => {
      const before = root.calls.length;
      expect(download(url, file, "sha256", sum)).toMatchObject({ code: 1 });
      expect(root.calls).toHaveLength(before);
    },
  );

  test("leaves a file only if the given key has signed it", () => {
    const [own, foreign] = [keys.create("signer"), keys.create("forger")];
    const keyring = join(directory, "keyring");
    // Both keys are in the keyring: the fingerprint decides.
    writeFileSync(keyring, execFileSync("gpg", ["--homedir", keys.directory, "--export"]));
    const signed = (by: string) => {
      root.write("/content", "content");
      keys.gpg("--local-user", by, "--output", root.path("/signature"), "--detach-sign", root.path("/content"));
    };
    signed(own);
    expect(download("https://example.com/x", file, "signature", keyring, own)).toMatchObject({ code: 0 });
    signed(foreign);
    expect(download("https://example.com/x", file, "signature", keyring, own)).toMatchObject({ code: 2 });
    signed(own);
    root.write("/content", "changed");
    expect(download("https://example.com/x", file, "signature", keyring, own)).toMatchObject({ code: 2 });
    expect(existsSync(file)).toBe(false);
  });

  test("distinguishes a failed download", () => {
    rmSync(root.path("/content"));
    expect(download("https://example.com/x", file, "sha256", sum)).toMatchObject({ code: 1 });
  });
});

describe("authorize-key", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-keys-"));
  const keyOf = (name: string): string => {
    const path = join(directory, name);
    execFileSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "3072", "-N", "", "-C", "kpaas-installer", "-f", path]);
    return readFileSync(`${path}.pub`, "utf8").trim();
  };
  const [one, other] = [keyOf("one"), keyOf("other")];
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  function authorize(text: string) {
    const root = rootWith({ "authorize-key": programText("kpaas", "ssh/authorize-key.sh") });
    root.write("/etc/kpaas/trust.env", "KEY_FROM='10.0.0.1'\n");
    mkdirSync(root.path("/home/ubuntu"), { recursive: true });
    root.write("/key.pub", text);
    const { code } = run(root, "authorize-key", root.path("/key.pub"));
    const keys = root.read("/home/ubuntu/.ssh/authorized_keys");
    root.remove();
    return { code, keys };
  }

  test("authorizes one key, from the addresses of the cluster only", () => {
    expect(authorize(`${one}\n`)).toEqual({ code: 0, keys: `from="10.0.0.1" ${one}\n` });
  });

  test.each([
    ["two keys without a final newline", `${one}\n${other}`],
    ["two keys", `${one}\n${other}\n`],
    ["a key without a final newline", one],
    ["a key with a carriage return", `${one}\r\n${other}\n`],
    ["options before the key", `command="x" ${one}\n`],
    ["a byte of zero", `${one}\u0000${other}\n`],
    ["an empty line before the key", `\n${one}\n`],
    ["nothing", ""],
  ])("rejects %s", (_, text) => {
    expect(authorize(text)).toEqual({ code: 1, keys: "" });
  });
});

describe("the report of a first boot", () => {
  beforeAll(() => ensurePython(() => undefined));

  /** A text in parts, so that no secret is in this file. */
  const of = (...parts: readonly string[]): string => parts.join("");
  const SECRETS: Readonly<Record<string, string>> = {
    "a password": of("hun", "ter2"),
    "an AWS key id": of("AKIA", "IOSFODNN7EXAMPLE"),
    "an AWS secret key": of("wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYEXAMPLEKEY"),
    "a signed token": of("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxIn0", ".c2lnbmF0dXJl"),
    "a GitLab token": of("glrt-", "t3_planted.token0123"),
    "a private key": of("-----BEGIN OPENSSH PRIV", "ATE KEY-----\nb3BlbnNzaA\n-----END OPENSSH PRIV", "ATE KEY-----"),
  };
  const LINES = [
    `Password: ${SECRETS["a password"] ?? ""}`,
    `password=${SECRETS["a password"] ?? ""} next`,
    `fetching https://user:${SECRETS["a password"] ?? ""}@host/x`,
    `connecting to user:${SECRETS["a password"] ?? ""}@database`,
    `Authorization: Bearer ${SECRETS["a signed token"] ?? ""}`,
    `tool --password ${SECRETS["a password"] ?? ""}`,
    ...Object.values(SECRETS).slice(1),
    "aws_session_token = " + of("IQoJb3", "JpZ2luX2Vj"),
  ];

  test("hides every kind of secret, and nothing else", () => {
    const plain = [
      "== 2026 02-gitlab failed with exit code 100",
      `at commit ${"0a1b".repeat(10)}`,
      "the runner's token is missing",
    ];
    const root = rootWith({ "report.py": programText("gitlab", "report-first-boot.py") });
    root.write("/var/log/groundwork/first-boot.log", [...plain, ...LINES, ""].join("\n"));
    const code =
      'import sys; sys.path.insert(0, sys.argv[1]); import importlib; print("\\n".join(importlib.import_module("report").tail()))';
    const { stdout } = spawnSync("python3", ["-c", code, root.path("/usr/local/bin")], { encoding: "utf8" });
    for (const secret of Object.values(SECRETS).flatMap((text) => text.split("\n")))
      expect(stdout).not.toContain(secret);
    expect(stdout).not.toContain("IQoJb3");
    for (const line of plain) expect(stdout).toContain(line);
    root.remove();
  });
});

describe("the entry of the server in /etc/hosts", () => {
  test("replaces exactly the host of the URL", () => {
    const text = programText("gitlab", "register-runner.sh");
    const block = /^if \[ -n "\$SERVER_ADDRESS" \]; then\n[^]*?^fi\n/m.exec(text)?.[0] ?? "";
    const root = rootWith({ hosts: `SERVER_ADDRESS=10.0.0.9 SERVER_URL=https://a.b:8443\n${block}` });
    root.write("/etc/hosts", "10.0.0.1 a.b\n10.0.0.2 axb\n10.0.0.3 x.a.b\n");
    expect(run(root, "hosts")).toMatchObject({ code: 0 });
    expect(root.read("/etc/hosts")).toBe("10.0.0.2 axb\n10.0.0.3 x.a.b\n10.0.0.9 a.b\n");
    root.remove();
  });
});
