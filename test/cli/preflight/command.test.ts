// Loaded before the tests: the clients of all services take seconds.
import "@groundwork/cli/preflight/command";
import { startEmulator, type RunningEmulator } from "../../openstack/support/emulator";
import { appOf, enterProject, leaveProjects } from "../support/project";
import { runCli } from "../support/run-cli";

describe("groundwork preflight", () => {
  let emulator: RunningEmulator;
  const before = { ...process.env };

  beforeAll(async () => {
    emulator = await startEmulator();
    const { userName, password, projectName } = emulator.credentials;
    Object.assign(process.env, { OS_USERNAME: userName, OS_PASSWORD: password, OS_PROJECT_NAME: projectName });
  });

  afterAll(() => {
    emulator.close();
    process.env = before;
    leaveProjects();
  });

  /** Enters a project of one stack with machines of a flavor. */
  function enter(flavor: string): void {
    const machine = { name: "one", flavor_name: flavor };
    const stack = {
      terraform: { backend: { local: { path: "terraform.tfstate" } } },
      provider: { openstack: [{ auth_url: emulator.authUrl }] },
      resource: { openstack_compute_instance_v2: { A: machine } },
    };
    enterProject({ app: "node app.js", output: "out" }, { "app.js": appOf({ "lab-a": stack }) });
  }

  test("prints what is checked, and has exit code 0 when nothing is missing", async () => {
    enter("m1.c2m8");
    const { code, out, err } = await runCli("preflight", "lab-a");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").slice(-3)).toEqual([
      `lab-a on ${emulator.authUrl}`,
      "  checked: quotas of machines, flavors, existing names",
      "nothing is missing",
    ]);
  });

  test("prints every problem with its fix, and has exit code 1", async () => {
    enter("m1.c2m9");
    const { code, out } = await runCli("preflight");
    expect(code).toBe(1);
    expect(out).toContain('  missing: flavor "m1.c2m9"; the cloud has no flavor of this name; the nearest is');
    expect(out).toMatch(/1 missing$/);
  });

  test("prints JSON only", async () => {
    enter("m1.c2m9");
    const { code, out } = await runCli("preflight", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ stacks: ["lab-a"], problems: [{ check: "flavors" }], notChecked: [] }]);
  });

  test("has exit code 1 for a check that could not be made with --strict only", async () => {
    enter("m1.c2m8");
    // A region without services.
    process.env["OS_REGION_NAME"] = "Nowhere";
    try {
      const lax = await runCli("preflight");
      expect(lax.code).toBe(0);
      expect(lax.out).toContain("not checked: flavors; the catalog has no service compute in Nowhere");
      expect((await runCli("preflight", "--strict")).code).toBe(1);
    } finally {
      delete process.env["OS_REGION_NAME"];
    }
  });

  test.each([
    [["preflight", "moon"], /no stack matches "moon"; stacks: lab-a/],
    [["preflight", "--nhn-quota", "vpc=3"], /"vpc=3" is no quota of NHN Cloud/],
  ])("rejects %j", async (args, message) => {
    enter("m1.c2m8");
    const { code, err } = await runCli(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});
