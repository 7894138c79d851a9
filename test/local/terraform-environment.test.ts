import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";

describe("the environment in which Terraform meets the local cloud", () => {
  const before = process.env;
  const directory = mkdtempSync(join(tmpdir(), "groundwork-env-"));

  beforeEach(() => {
    process.env = { ...before, XDG_CACHE_HOME: directory };
  });

  afterAll(() => {
    process.env = before;
  });

  const env = () => terraformEnvironment({ endpoint: "http://127.0.0.1:1", directory });

  test("has no credentials but the word test", () => {
    Object.assign(process.env, { AWS_PROFILE: "real", AWS_SESSION_TOKEN: "real", AWS_ACCESS_KEY_ID: "real" });
    expect(JSON.stringify(env())).not.toContain('"real"');
    expect(env()).toMatchObject({ AWS_ACCESS_KEY_ID: "test", AWS_CONFIG_FILE: "/dev/null" });
  });

  test("names its own settings, whatever the user's say", () => {
    process.env["TF_CLI_CONFIG_FILE"] = "/does/not/exist";
    expect(env()["TF_CLI_CONFIG_FILE"]).toBe(join(directory, "terraform.rc"));
  });

  test("says where the cloud is", () => {
    expect(env()["TF_VAR_local_endpoint"]).toBe("http://127.0.0.1:1");
  });
});
