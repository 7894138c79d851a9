import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NamedResources } from "@groundwork/cli/demo/named-resources";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

describe("the resources that another stack refers to by name", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-named-"));

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const stack = (id: string, resource: object): SynthesizedStack => {
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ resource }));
    return new SynthesizedStack(id, directory);
  };
  const block = (path: string, values: object) => ({ "//": { metadata: { path } }, ...values });
  const site = () =>
    stack("local-site", {
      aws_iam_role: { Deployer: block("local-site/Deployer/Resource", { name: "site-deployer" }) },
      aws_iam_role_policy: { Policy: block("local-site/Deployer/Policy/Resource", {}) },
      aws_s3_bucket: { Bucket: block("local-site/Site/Bucket/Resource", { bucket: "site" }) },
      aws_s3_bucket_lifecycle_configuration: {
        Rules: block("local-site/Site/Bucket/Lifecycle", { bucket: "${x.id}" }),
      },
    });
  const gitlab = (role: string) =>
    stack("local-gitlab", { aws_iam_role_policy: { Policy: { role, description: "" } } });
  const created = (type: string, path: string) => ({ stack: "local-site", type, path, action: "Creation" as const });

  test("exist when they are created, before the stack is finished", () => {
    const named = new NamedResources(site(), gitlab("site-deployer"));
    expect(named.exist).toBe(false);
    named.read(created("aws_s3_bucket", "Site/Bucket"));
    named.read({ ...created("aws_iam_role", "Deployer"), stack: "local-eks" });
    named.read({ ...created("aws_iam_role", "Deployer"), action: "Destroying" });
    expect(named.exist).toBe(false);
    named.read(created("aws_iam_role", "Deployer"));
    expect(named.exist).toBe(true);
  });

  test("exist when the stack is finished without a change of them", () => {
    const named = new NamedResources(site(), gitlab("site-deployer"));
    named.finish();
    expect(named.exist).toBe(true);
  });

  test("are the whole stack if the other one names none of them", () => {
    const named = new NamedResources(site(), gitlab("another"));
    named.read(created("aws_iam_role", "Deployer"));
    named.read(created("aws_s3_bucket", "Site/Bucket"));
    expect(named.exist).toBe(false);
    named.finish();
    expect(named.exist).toBe(true);
  });
});
