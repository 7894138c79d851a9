import { gzipSync } from "node:zlib";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { detectSecret } from "@groundwork/constructs/boot/detect-secret";
import { readCloudConfig } from "../support/boot-root";
import { type Block, resource, resources, synthesized } from "../support/fixture";
import { statementsOf } from "../support/policy";
import { stackOf, stacks } from "../support/stacks";

const stack = stackOf("lab-gitlab");
const gitlabStacks = stacks.filter(({ node }) => node.id.endsWith("-gitlab"));

function machine(kind: "server" | "runner", of = stack): Block {
  const found = resources(of, Instance).find(({ address }) => address.toLowerCase().includes(kind));
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

/** User data as the machine reads it: Terraform's escapes removed, tokens unresolved. */
function userData(block: Block, of = stack): string {
  const name = /base64gzip\(local\.([\w-]+)\)/.exec(String(block["user_data_base64"]))?.[1] ?? "";
  const { locals } = synthesized(of) as unknown as { locals: Record<string, string> };
  return (locals[name] ?? "").replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}

function fileOf(block: Block, path: string): string {
  return readCloudConfig(userData(block)).write_files?.find((file) => file.path === path)?.content ?? "";
}

describe("lab-gitlab", () => {
  test("has the lab's server: an m5.large with a role, ports 22, 80 and 443, the password in the package's file", () => {
    expect(machine("server")).toMatchObject({ instance_type: "m5.large" });
    expect(machine("server")["iam_instance_profile"]).toBeDefined();
    const opened = resources(stack, VpcSecurityGroupIngressRule).map((rule) => [rule["from_port"], rule["cidr_ipv4"]]);
    expect(opened).toEqual(
      expect.arrayContaining([
        [80, "0.0.0.0/0"],
        [443, "0.0.0.0/0"],
        [22, "10.30.0.0/16"],
      ]),
    );
    expect(opened).not.toContainEqual([22, "0.0.0.0/0"]);
    expect(userData(machine("server"))).not.toContain("ROOT_PASSWORD_PARAMETER");
  });

  test("configures the lab's manual settings: import by URL, group, project, 500 MB", () => {
    const configured = JSON.parse(fileOf(machine("server"), "/etc/groundwork/gitlab-configuration.json")) as unknown;
    expect(configured).toMatchObject({
      settings: { import_sources: ["git"] },
      group: { path: "lab" },
      project: {
        path: "gatsby-starter-default",
        importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
        maxArtifactsSize: 500,
      },
      variables: { SITE_BUCKET: expect.stringMatching(/^my-static-website-/) as string },
    });
  });

  test("has the lab's runner: shell executor, Node 22.12.0, six jobs at once, the role of the site's stack", () => {
    const settings = fileOf(machine("runner"), "/etc/groundwork/runner.env");
    expect(settings).toContain("NODE_VERSION='22.12.0'");
    expect(settings).toContain("CONCURRENT='6'");
    const policy = resources(stack, IamRolePolicy).find(({ address }) => address.includes("Deployer"));
    expect(policy?.["role"]).toBe("lab-site-deployer");
    expect(resource(stackOf("lab-site"), IamRole)["name"]).toBe("lab-site-deployer");
  });

  test("runner and server have the same version", () => {
    const [server, runner] = [machine("server"), machine("runner")];
    expect(fileOf(server, "/etc/groundwork/gitlab.env")).toContain("GITLAB_VERSION='18.11.2'");
    expect(fileOf(runner, "/etc/groundwork/runner.env")).toContain("RUNNER_PACKAGES='gitlab-runner=18.11.4-1 ");
  });
});

describe.each(gitlabStacks.map(({ node }) => node.id))("%s", (id) => {
  const of = stackOf(id);

  test("has no secret in synthesized files and user data, and creates only the parameters for first-boot reports", () => {
    expect(detectSecret(JSON.stringify(synthesized(of)))).toBeUndefined();
    for (const block of resources(of, Instance))
      for (const file of readCloudConfig(userData(block, of)).write_files ?? [])
        expect(detectSecret(file.content)).toBeUndefined();
    const reports = resources(of, SsmParameter).map((parameter) => [parameter["name"], parameter["type"]]);
    expect(reports.sort()).toEqual([
      [`/groundwork/first-boot/${id}-runner-machine`, "String"],
      [`/groundwork/first-boot/${id}-server-machine`, "String"],
    ]);
  });

  test("hardens machines: IMDSv2, one hop, encrypted disks, no key pairs", () => {
    for (const block of [...resources(of, Instance)]) {
      expect(block["metadata_options"]).toMatchObject({ http_tokens: "required", http_put_response_hop_limit: 1 });
      expect(block["root_block_device"]).toMatchObject({ encrypted: true });
      expect(block).not.toHaveProperty("key_name");
    }
    expect(resource(of, EbsVolume)).toMatchObject({ encrypted: true, type: "gp3" });
  });

  test("keeps user data below EC2's limit, with a margin for resolved tokens", () => {
    for (const block of resources(of, Instance))
      expect(gzipSync(userData(block, of)).length).toBeLessThan(16_384 - 1_024);
  });

  test("restricts each parameter permission to one parameter", () => {
    const parameters = resources(of, IamRolePolicy)
      .flatMap((policy) => statementsOf(policy))
      .filter(({ Action }) => /ssm:(Get|Put)Parameter/.test(JSON.stringify(Action)))
      .map(({ Resource }) => String(Resource));
    expect(parameters.length).toBeGreaterThan(1);
    const one = /:parameter\/[\w/-]+$|^\$\{aws_ssm_parameter\.\w+_FirstBoot_\w+\.arn\}$/;
    expect(parameters.filter((arn) => !one.test(arn))).toEqual([]);
  });
});
