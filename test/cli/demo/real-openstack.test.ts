import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findRealOpenStack,
  requireRealOpenStack,
  stopRecordedOpenStack,
  variablesOfReal,
} from "@groundwork/cli/demo/real-openstack";

describe("the real OpenStack of the demo", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-demo-"));
  const directories = { directory, stateDirectory: join(directory, "state") };
  const record = join(directory, "real-openstack.json");
  const credentials = { userName: "local", password: "p", projectName: "local" };

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test("is not found without a record, after an interrupted start, or when it does not respond", async () => {
    expect(await findRealOpenStack(directories)).toBeUndefined();
    for (const authUrl of ["", "http://127.0.0.1:1/v3"]) {
      writeFileSync(record, JSON.stringify({ directory: join(directory, "none"), authUrl, credentials }));
      expect(await findRealOpenStack(directories)).toBeUndefined();
    }
  });

  test("is stopped with its files, also after an interrupted start", async () => {
    const files = join(directory, "files");
    mkdirSync(files);
    writeFileSync(record, JSON.stringify({ directory: files, authUrl: "", credentials }));
    await stopRecordedOpenStack(directories);
    expect([existsSync(files), existsSync(record)]).toEqual([false, false]);
    await stopRecordedOpenStack(directories);
  });

  test("is the cloud of the stack local-openstack", () => {
    const variables = variablesOfReal({ directory, authUrl: "http://127.0.0.1:5000/v3", credentials });
    expect(variables).toMatchObject({
      TF_VAR_local_openstack_auth_url: "http://127.0.0.1:5000/v3",
      OS_USERNAME: "local",
      OS_PROJECT_NAME: "local",
    });
  });

  test("fails on other systems, and without the part openstack", () => {
    const unsupported = { reason: "another system", isDebian: false };
    expect(() => {
      requireRealOpenStack([], unsupported);
    }).toThrow("a real OpenStack runs on Debian 12 only; omit --real-openstack to deploy to the emulator");
    expect(() => {
      requireRealOpenStack(["openstack"], undefined);
    }).toThrow(/--real-openstack and --without openstack exclude each other|runs on Debian 12 only/);
  });
});
