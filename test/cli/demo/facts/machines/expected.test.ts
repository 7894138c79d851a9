import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  actionsInWords,
  backupsInWords,
  machineInWords,
  wantedMachines,
  waysInWords,
} from "@groundwork/cli/demo/facts/machines/expected";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { app } from "../../../../support/stacks";

describe("what the demo wants of the lab's machines", () => {
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

  test("is read from what was synthesized, ports, rights and backups alike", () => {
    const facts = new Map(wantedMachines(stackOf("local-gitlab")).map(({ subject, is }) => [subject, is]));
    expect(Object.fromEntries(facts)).toMatchObject({
      "machine local-gitlab-server-machine": "m5.large, metadata required within 1 hop, disk encrypted",
      "volume local-gitlab-server-data": "50 GiB gp3, encrypted, /dev/sdf of local-gitlab-server-machine",
      "ways in of local-gitlab-server-security-group":
        "22 from 10.30.0.0/16; 80 from 0.0.0.0/0; 80 from local-gitlab-runner-security-group; 443 from 0.0.0.0/0",
      "ways in of local-gitlab-runner-security-group": "none",
      "ways in of local-gitlab-network-defaults-unused": "none",
      "bucket local-gitlab-server-secrets-backups-…": "versioning enabled, kept 7 days",
      "parameter /groundwork/first-boot/local-gitlab-server-machine": "String",
      "parameter /lab/gitlab/runner-token": "not Terraform's",
    });
    expect(facts.get("rights of local-site-deployer by local-gitlab-deployer-policy")).toMatch(
      /^ssm:GetParameter, ssm:PutParameter, ssm:UpdateInstanceInformation, ssmmessages:/,
    );
  });

  test("is what the runner may do to the site, and no more, in the stack of the site", () => {
    expect(wantedMachines(stackOf("local-site"))).toEqual([
      {
        subject: "rights of local-site-deployer by local-site-deployer-policy",
        is: "s3:DeleteObject, s3:GetObject, s3:ListBucket, s3:PutObject",
      },
    ]);
  });

  test("leaves everything else of a stack without machines to others", () => {
    const subjects = wantedMachines(stackOf("local-eks")).map(({ subject }) => subject);
    expect(subjects.filter((subject) => !subject.startsWith("rights of"))).toEqual([]);
  });
});

describe("words of the demo", () => {
  test("tell what is not as it should be", () => {
    expect(
      machineInWords("m5.large", { http_tokens: "optional", http_put_response_hop_limit: 2 }, { encrypted: false }),
    ).toBe("m5.large, metadata optional within 2 hop, disk in the clear");
    expect(backupsInWords("off", undefined)).toBe("versioning off, kept for ever");
    expect(waysInWords(["443 from a", "80 from b"])).toBe("80 from b; 443 from a");
    const policy = JSON.stringify({
      Statement: [{ Action: ["s3:PutObject", "s3:GetObject"] }, { Action: "s3:GetObject" }],
    });
    expect(actionsInWords(policy)).toBe("s3:GetObject, s3:PutObject");
  });
});
