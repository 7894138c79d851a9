import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectedMachines } from "@groundwork/cli/demo/facts/machines/expected";
import {
  actionsSummary,
  backupSummary,
  ingressSummary,
  machineSummary,
} from "@groundwork/cli/demo/facts/machines/summary";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { app } from "../../../../support/stacks";

describe("the facts that the demo expects of the lab's machines", () => {
  const output = mkdtempSync(join(tmpdir(), "groundwork-out-"));
  afterAll(() => {
    rmSync(output, { recursive: true });
  });

  function stackOf(id: string): SynthesizedStack {
    const stack = app.node.children.find((child) => child.node.id === id) as unknown as { toTerraform(): unknown };
    const directory = join(output, id);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack.toTerraform()));
    return new SynthesizedStack(id, directory);
  }

  test("come from the synthesized stack: ingress, permissions, backups and parameters", () => {
    const facts = new Map(expectedMachines(stackOf("local-gitlab")).map(({ subject, value }) => [subject, value]));
    expect(Object.fromEntries(facts)).toMatchObject({
      "machine local-gitlab-server-machine": "m5.large, IMDS tokens required, hop limit 1, root volume encrypted",
      "volume local-gitlab-server-data": "50 GiB gp3, encrypted, /dev/sdf of local-gitlab-server-machine",
      "ingress of local-gitlab-server-security-group":
        "22 from 10.30.0.0/16; 80 from 0.0.0.0/0; 80 from local-gitlab-runner-security-group; 443 from 0.0.0.0/0",
      "ingress of local-gitlab-runner-security-group": "none",
      "ingress of local-gitlab-network-defaults-unused": "none",
      "bucket local-gitlab-server-secrets-backups-…": "versioning enabled, retention 7 days",
      "parameter /groundwork/first-boot/local-gitlab-server-machine": "String",
      "parameter /lab/gitlab/runner-token": "not managed by Terraform",
    });
    expect(
      facts.get("permissions of local-gitlab-runner-machine-role in local-gitlab-runner-machine-role-policy"),
    ).toMatch(/^ssm:GetParameter, ssm:PutParameter, ssm:UpdateInstanceInformation, ssmmessages:.*, sts:AssumeRole$/);
  });

  test("contain only the runner's permissions for the site in the site's stack", () => {
    expect(expectedMachines(stackOf("local-site"))).toEqual([
      {
        subject: "permissions of local-site-deployer in local-site-deployer-policy",
        value: "s3:DeleteObject, s3:GetObject, s3:ListBucket, s3:PutObject",
      },
    ]);
  });

  test("contain nothing else for a stack without machines", () => {
    const subjects = expectedMachines(stackOf("local-eks")).map(({ subject }) => subject);
    expect(subjects.filter((subject) => !subject.startsWith("permissions of"))).toEqual([]);
  });
});

describe("summaries of machines", () => {
  test("contain deviations from the secure defaults", () => {
    expect(
      machineSummary("m5.large", { http_tokens: "optional", http_put_response_hop_limit: 2 }, { encrypted: false }),
    ).toBe("m5.large, IMDS tokens optional, hop limit 2, root volume not encrypted");
    expect(backupSummary("off", undefined)).toBe("versioning off, unlimited retention");
    expect(ingressSummary(["443 from a", "80 from b"])).toBe("80 from b; 443 from a");
    const policy = JSON.stringify({
      Statement: [{ Action: ["s3:PutObject", "s3:GetObject"] }, { Action: "s3:GetObject" }],
    });
    expect(actionsSummary(policy)).toBe("s3:GetObject, s3:PutObject");
  });
});
