import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkedSshKey } from "@groundwork/constructs/boot/parts/ssh-keys";
import { ROOT } from "../support/repository";

function keyPair(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/key-pair.mjs", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const directory = mkdtempSync(join(tmpdir(), "groundwork-key-"));
const hasSsh = spawnSync("ssh-keygen", ["-?"]).error === undefined;

describe("npm run key-pair", () => {
  (hasSsh ? test : test.skip)(
    "writes the private key once, readable only by its owner, and prints the public key",
    () => {
      const file = join(directory, "operators");
      const { status, stdout } = keyPair("operators", file, "--without-passphrase");
      expect(status).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const publicKey = readFileSync(`${file}.pub`, "utf8").trim();
      expect(stdout).toContain(publicKey);
      expect(stdout).not.toContain("PRIVATE KEY");
      expect(checkedSshKey(publicKey)).toBe(publicKey);
    },
  );

  test("rejects an existing file: it may be the only copy of a key", () => {
    const file = join(directory, "old");
    writeFileSync(file, "precious");
    expect(keyPair("old", file)).toMatchObject({ status: 1, stderr: expect.stringMatching(/exists; choose another/) });
    expect(readFileSync(file, "utf8")).toBe("precious");
  });

  test.each(["key", "docs/key", ".groundwork/key"])("rejects %s in the repository", (file) => {
    expect(keyPair("key", file)).toMatchObject({ status: 1, stderr: expect.stringMatching(/is in the repository/) });
    expect(existsSync(join(ROOT, file))).toBe(false);
  });

  test.each(["", "x".repeat(33), "under_score"])("rejects the name %p", (name) => {
    expect(keyPair(name, join(directory, "other")).stderr).toMatch(/^usage/);
  });
});
