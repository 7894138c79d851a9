import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrivateDirectory } from "@groundwork/local/private-directory";

describe("a private directory", () => {
  const created: string[] = [];
  const create = (parent?: string): string => {
    created.push(createPrivateDirectory(parent));
    return created.at(-1) ?? "";
  };
  afterAll(() => {
    for (const directory of created) rmSync(directory, { recursive: true });
  });

  test("is new at each start, and only this user can enter it", () => {
    const [first, second] = [create(), create()];
    expect(first).not.toBe(second);
    expect([first, second].map((directory) => statSync(directory).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  test("has a path that is short enough for sockets, also if the directory for temporary files is not", () => {
    const parent = join(mkdtempSync(join(tmpdir(), "groundwork-long-")), "directory".repeat(12));
    mkdirSync(parent, { recursive: true });
    expect(Buffer.byteLength(join(create(parent), "kubernetes.sock"))).toBeLessThan(104);
  });
});
