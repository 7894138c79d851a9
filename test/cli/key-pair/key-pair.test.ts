import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkedSshKey } from "@groundwork/constructs/boot/parts/ssh-keys";
import { enterProject, leaveProjects } from "../support/project";
import { runCli } from "../support/run-cli";

const directory = mkdtempSync(join(tmpdir(), "groundwork-key-"));
const hasSsh = spawnSync("ssh-keygen", ["-?"]).error === undefined;

afterEach(leaveProjects);

describe("groundwork key-pair", () => {
  (hasSsh ? test : test.skip)(
    "writes the private key once, readable only by its owner, and prints the public key",
    async () => {
      const file = join(directory, "operators");
      const { code, out } = await runCli("key-pair", "operators", file, "--without-passphrase");
      expect(code).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const publicKey = readFileSync(`${file}.pub`, "utf8").trim();
      expect(out).toContain(publicKey);
      expect(out).not.toContain("PRIVATE KEY");
      expect(checkedSshKey(publicKey)).toBe(publicKey);
    },
  );

  test("rejects an existing file: it may be the only copy of a key", async () => {
    const file = join(directory, "old");
    writeFileSync(file, "precious");
    const { code, err } = await runCli("key-pair", "old", file);
    expect({ code, err }).toEqual({ code: 1, err: `error: ${file} exists; choose another file, or use its .pub` });
    expect(readFileSync(file, "utf8")).toBe("precious");
  });

  test.each(["key", "docs/key", ".groundwork/key", "../link/key"])("rejects %s in the project", async (file) => {
    const project = enterProject({ app: "a" });
    mkdirSync(join(project, "docs"));
    if (file.includes("link")) symlinkSync(join(project, "docs"), join(directory, "link"));
    const given = file.includes("link") ? join(directory, "link/key") : file;
    const { code, err } = await runCli("key-pair", "key", given, "--without-passphrase");
    expect(code).toBe(1);
    expect(err).toMatch(/ is in the project .*; choose a file outside of it$/);
    expect(existsSync(join(project, "docs/key"))).toBe(false);
  });

  test.each(["", "x".repeat(33), "under_score"])("rejects the name %p", async (name) => {
    const { code, err } = await runCli("key-pair", name, join(directory, "other"));
    expect({ code, err }).toEqual({
      code: 1,
      err: `error: the name "${name}" is invalid; use at most 32 letters, digits and hyphens`,
    });
  });
});
