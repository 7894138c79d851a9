import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unsupportedSystem } from "@groundwork/local/real-openstack/system";

describe("systems on which a real OpenStack runs", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-system-"));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function release(lines: readonly string[]): string {
    const file = join(directory, "os-release");
    writeFileSync(file, lines.join("\n"));
    return file;
  }

  test("are those with the packages of Debian 12", () => {
    expect(unsupportedSystem(release(["ID=debian", 'VERSION_ID="12"']), () => true)).toBeUndefined();
  });

  test.each([
    ["Debian 13", ["ID=debian", 'VERSION_ID="13"'], true, true],
    ["Debian without apt", ["ID=debian", 'VERSION_ID="12"'], false, false],
    ["Ubuntu", ["ID=ubuntu", 'VERSION_ID="22.04"'], true, false],
  ] as const)("are not %s; CI fails only on Debian with apt", (_, lines, hasApt, isDebian) => {
    expect(unsupportedSystem(release(lines), () => hasApt)).toMatchObject({
      reason: expect.stringMatching(/^[^.]+Debian 12[^.]+\.$/) as unknown,
      isDebian,
    });
  });

  test("are not systems without a release file", () => {
    expect(unsupportedSystem(join(directory, "missing"), () => true)?.isDebian).toBe(false);
  });
});
