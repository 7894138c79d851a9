import { gzipSync } from "node:zlib";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GLB007, GLB008, GLB009, GLB013, GLB014, GLB015, GLB016, GLB020 } from "@groundwork/constructs/gitlab/rules";
import {
  SameMachineRunner,
  type SameMachineRunnerProps,
} from "@groundwork/constructs/gitlab/runner/same-machine-runner";
import { DataVolume } from "@groundwork/constructs/gitlab/server/data-volume";
import type { GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { readCloudConfig } from "../../../support/boot-root";
import { awsStack, resource, resources } from "../../../support/fixture";
import { gitLabServer, userDataOf } from "../../../support/gitlab";
import { statementsOf } from "../../../support/policy";

function stackWith(props: SameMachineRunnerProps = {}, serverProps: Partial<GitLabServerProps> = {}) {
  const stack = awsStack("us-west-2");
  const server = gitLabServer(stack, { runner: SameMachineRunner.of(props), ...serverProps });
  return { stack, server };
}

const creating = (props: SameMachineRunnerProps, serverProps?: Partial<GitLabServerProps>) => () =>
  stackWith(props, serverProps);

const TLS: Partial<GitLabServerProps> = {
  tls: Tls.ownCertificate({ certificate: "/test/certificate", key: "/test/key" }),
  url: "https://gitlab.example.com",
};

/** The first boot as cloud-init reads it. */
function bootOf(...[props, serverProps]: Parameters<typeof stackWith>) {
  const text = userDataOf(stackWith(props, serverProps).stack, "Server");
  const files = readCloudConfig(text).write_files ?? [];
  return {
    text,
    file: (path: string) => files.find((file) => file.path === path)?.content ?? "",
    steps: files.map(({ path }) => /first-boot\.d\/\d+-(.*)$/.exec(path)?.[1]).filter((step) => step !== undefined),
  };
}

/** Statements of the inline policy of a role. */
function policyOf(stack: ReturnType<typeof awsStack>, role: string) {
  const policy = resources(stack, IamRolePolicy).find(({ address }) =>
    address.startsWith(`aws_iam_role_policy.${role}_`),
  );
  if (policy === undefined) throw new Error(`no policy of ${role}`);
  return statementsOf(policy);
}

describe("SameMachineRunner", () => {
  test("creates no second machine, and has a larger disk for the files of jobs", () => {
    const { stack } = stackWith();
    expect(resource(stack, Instance)).toMatchObject({ root_block_device: { volume_size: 60 } });
    const without = awsStack("us-west-2");
    gitLabServer(without);
    expect(resource(without, Instance)).toMatchObject({ root_block_device: { volume_size: 30 } });
  });

  test("is installed after its server is configured, with the steps of a runner of its own machine", () => {
    expect(bootOf().steps).toEqual([
      ...["packages", "metadata", "aws-cli", "data-volume", "gitlab", "ready", "configuration"],
      ...["runner", "node", "job-credentials", "register"],
    ]);
  });

  test("has the lab's values: the shell executor, Node 22.12.0, the token of the configuration", () => {
    const boot = bootOf();
    const settings = boot.file("/etc/groundwork/runner.env");
    expect(settings).toContain("RUNNER_PACKAGES='gitlab-runner=18.11.4-1 gitlab-runner-helper-images=18.11.4-1'");
    expect(settings).toContain("CONCURRENT='1'");
    expect(settings).toContain("NODE_VERSION='22.12.0'");
    expect(settings).toContain("TOKEN_PARAMETER='/test/runner-token'");
    expect(boot.text).toContain("--executor shell");
    expect(bootOf({ concurrent: 3 }).text).toContain("CONCURRENT='3'");
  });

  test("reaches the server on its loopback address, under its host name if a certificate requires it", () => {
    const plain = bootOf().file("/etc/groundwork/runner.env");
    expect(plain).toContain("SERVER_URL='http://127.0.0.1'\nSERVER_ADDRESS=''");
    const encrypted = bootOf({}, TLS).file("/etc/groundwork/runner.env");
    expect(encrypted).toContain("SERVER_URL='https://gitlab.example.com'\nSERVER_ADDRESS='127.0.0.1'");
  });

  test("blocks the metadata service before the services of both packages start", () => {
    const boot = bootOf();
    for (const service of ["gitlab-runsvdir", "gitlab-runner"])
      expect(boot.file(`/etc/systemd/system/${service}.service.d/groundwork.conf`)).toContain(
        "ExecStartPre=/usr/local/lib/groundwork/block-metadata",
      );
    expect(boot.steps.indexOf("metadata")).toBeLessThan(boot.steps.indexOf("gitlab"));
  });

  test("lets the kernel end jobs before the server when memory is short", () => {
    expect(bootOf().file("/etc/systemd/system/gitlab-runner.service.d/same-machine.conf")).toContain(
      "OOMScoreAdjust=500",
    );
  });

  test("hides files with settings of the server from jobs", () => {
    const files = readCloudConfig(userDataOf(stackWith().stack, "Server")).write_files ?? [];
    const modes = new Map(files.map(({ path, permissions }) => [path, permissions]));
    expect(modes.get("/usr/local/lib/groundwork/gitlab.rb")).toBe("0600");
    expect(modes.get("/etc/groundwork/gitlab-configuration.json")).toBe("0600");
  });

  test("gives jobs a role of their own, which only the server may assume", () => {
    const { stack, server } = stackWith();
    server.jobRole.addToPolicy(Statement.allow({ actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::site"] }));
    const trust = resources(stack, IamRole).find(({ address }) => address.includes("JobRole"))?.["assume_role_policy"];
    expect(String(trust)).toMatch(/aws_iam_role\.Server_Role/);
    expect(JSON.stringify(policyOf(stack, "Server_Role"))).toContain('"sts:AssumeRole"');
    expect(JSON.stringify(policyOf(stack, "Server_JobRole"))).toContain('"s3:ListBucket"');
    expect(bootOf().file("/etc/groundwork/job-credentials.env")).toMatch(/JOB_ROLE='\$\{aws_iam_role\.Server_JobRole_/);
  });

  test("denies jobs every parameter of the server, also if another policy allows them", () => {
    const { stack, server } = stackWith({}, { ...TLS, rootPassword: RootPassword.inParameter("/test/root-password") });
    server.jobRole.addToPolicy(Statement.allow({ actions: ["ssm:GetParameter"], resources: ["*"] }));
    const denied = policyOf(stack, "Server_JobRole").filter(({ Effect }) => Effect === "Deny");
    const resourcesOf = JSON.stringify(denied.map(({ Resource }) => Resource));
    for (const name of ["runner-token", "root-password", "certificate", "key"])
      expect(resourcesOf).toContain(`:parameter/test/${name}"`);
    expect(JSON.stringify(denied)).toContain('"ssmmessages:*"');
  });

  test("uses a given role, and a given token without a configuration", () => {
    const stack = awsStack("us-west-2");
    const role = Role.fromArn(stack, "Deployer", "arn:aws:iam::111122223333:role/site-deployer");
    const runner = SameMachineRunner.of({ role, tokenParameter: "/own/token" });
    const server = gitLabServer(stack, { runner, configuration: undefined as never });
    expect(server.jobRole).toBe(role);
    expect(resources(stack, IamRole).some(({ address }) => address.includes("JobRole"))).toBe(false);
    const allowed = JSON.stringify(policyOf(stack, "Server_Role"));
    expect(allowed).toContain('"Resource":"arn:aws:iam::111122223333:role/site-deployer"');
    expect(allowed).toContain(":parameter/own/token");
  });

  test("warns where the data of the server is kept", () => {
    const warningsOf = (dataVolume: DataVolume) =>
      stackWith({}, { dataVolume }).server.node.metadata.filter(({ type }) => type.endsWith("warn"));
    expect(warningsOf(DataVolume.disposable())).toEqual([]);
    expect(JSON.stringify(warningsOf(DataVolume.kept()))).toContain("use GitLabRunner");
  });

  test("fits into the user data of EC2 with every option of the server, with a margin for resolved tokens", () => {
    const options: Partial<GitLabServerProps> = {
      ...TLS,
      rootPassword: RootPassword.inParameter("/test/root-password"),
    };
    const { text } = bootOf({ registerOptions: { "output-limit": "8192" } }, options);
    expect(gzipSync(text).length).toBeLessThan(16_384 - 1_024);
  });

  test("is required where permissions are granted to the jobs of a server", () => {
    const server = gitLabServer(awsStack("us-west-2"));
    expect(() => server.jobRole).toViolate(GLB020, /GitLabRunner/);
  });

  test("checks its settings as a runner with a machine of its own does", () => {
    expect(creating({ concurrent: 0 })).toViolate(GLB013);
    expect(creating({ version: GitLabVersion.of("18.10.0") })).toViolate(GLB008);
    expect(creating({ version: GitLabVersion.of("18.11.9") })).toViolate(GLB016);
    expect(creating({ nodeVersion: "lts" })).toViolate(GLB015);
    expect(creating({ registerOptions: { locked: "true" } })).toViolate(GLB009);
    expect(creating({ registerOptions: { "output-limit": ["glrt", "0123456789abcdefghij"].join("-") } })).toViolate(
      GLB007,
    );
    expect(creating({ tokenParameter: "/own/*" })).toViolate(GLB014);
    expect(creating({}, { configuration: undefined as never })).toViolate(GLB014);
  });
});
