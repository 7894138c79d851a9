import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFile, readLock, writeLock } from "@groundwork/cli/images/image-lock";

const image = {
  tag: "latest",
  digest: `sha256:${"a".repeat(64)}`,
  source: "https://github.com/joozero/amazon-eks-flask.git",
  revision: "ca9e9d4566bdb757fa5dd31c402c15629962c364",
  date: "2026-01-01T00:00:00.000Z",
};

describe("the lock file of an environment's images", () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-images-"));
    file = lockFile(directory, "lab");
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test("is empty before the first build, and is written only when an image changes", () => {
    expect(readLock(file)).toEqual({});
    expect(writeLock(file, {})).toBe(true);
    expect(writeLock(file, { web: image })).toBe(true);
    expect(writeLock(file, { web: image })).toBe(false);
    expect(readLock(file)).toEqual({ web: image });
  });

  test("keeps the other images, sorted by their repositories", () => {
    writeLock(file, { web: image });
    writeLock(file, { api: image });
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8")) as object)).toEqual(["api", "web"]);
  });

  test.each(["{", "[]", '{"web":{}}', JSON.stringify({ web: { ...image, digest: "latest" } })])(
    "rejects %s",
    (text) => {
      writeLock(file, {});
      writeFileSync(file, text);
      expect(() => readLock(file)).toThrow(/not a lock file of images/);
    },
  );
});
