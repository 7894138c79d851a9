import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";

describe("Terraform's environment for the local cloud", () => {
  const before = process.env;
  const directory = mkdtempSync(join(tmpdir(), "groundwork-env-"));

  beforeEach(() => {
    process.env = { ...before, XDG_CACHE_HOME: directory };
  });

  afterAll(() => {
    process.env = before;
  });

  const env = () => terraformEnvironment({ endpoint: "http://127.0.0.1:1", directory });

  test("contains no credentials except the dummy `test`", () => {
    Object.assign(process.env, { AWS_PROFILE: "real", AWS_SESSION_TOKEN: "real", AWS_ACCESS_KEY_ID: "real" });
    expect(JSON.stringify(env())).not.toContain('"real"');
    expect(env()).toMatchObject({ AWS_ACCESS_KEY_ID: "test", AWS_CONFIG_FILE: "/dev/null" });
  });

  test("uses its own CLI configuration instead of the user's", () => {
    process.env["TF_CLI_CONFIG_FILE"] = "/does/not/exist";
    expect(env()["TF_CLI_CONFIG_FILE"]).toBe(join(directory, "terraform.rc"));
  });

  test("lets Terraform and its providers collect garbage rarely, unless the user has set how often", () => {
    delete process.env["GOGC"];
    expect(env()["GOGC"]).toBe("400");
    process.env["GOGC"] = "50";
    expect(env()["GOGC"]).toBe("50");
  });

  test("contains the cloud's endpoint", () => {
    expect(env()["TF_VAR_local_endpoint"]).toBe("http://127.0.0.1:1");
  });
});
