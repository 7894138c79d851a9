import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { BOO011 } from "@groundwork/constructs/boot/rules";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { GitLabRunner, type GitLabRunnerProps } from "@groundwork/constructs/gitlab/runner/gitlab-runner";
import { GitLabServer, type GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GLB007, GLB008, GLB009, GLB013, GLB014, GLB015, GLB016, GLB017 } from "@groundwork/constructs/gitlab/rules";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { awsStack, resources } from "../../../support/fixture";
import { CONFIGURATION, smallNetwork, userDataOf } from "../../../support/gitlab";
import { statementsOf } from "../../../support/policy";

function stackWith(props: Partial<GitLabRunnerProps> = {}, serverProps: Partial<GitLabServerProps> = {}) {
  const stack = awsStack("us-west-2");
  const location = smallNetwork(stack);
  const server = new GitLabServer(stack, "Server", {
    ...location,
    version: GitLabVersion.of("18.11.2"),
    tls: Tls.none(),
    publicAddress: true,
    configuration: CONFIGURATION,
    ...serverProps,
  });
  const runner = new GitLabRunner(stack, "Runner", { server, subnet: location.subnet, ...props });
  return { stack, runner };
}

/** The inline policy of a role. */
function policyOf(stack: ReturnType<typeof awsStack>, role: string): never {
  return resources(stack, IamRolePolicy).find(({ address }) =>
    address.startsWith(`aws_iam_role_policy.${role}_`),
  ) as never;
}

const creating = (props: Partial<GitLabRunnerProps>) => () => stackWith(props);

describe("GitLabRunner", () => {
  test("separates the role of the machine from that of the jobs", () => {
    const { stack, runner } = stackWith();
    new StaticSite(stack, "Site", { hosting: Hosting.publicWebsite() }).grants.deploy(runner);
    const allowed = (role: string) =>
      statementsOf(policyOf(stack, role))
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => Action as string | string[])
        .filter((action) => !action.startsWith("ssmmessages:"))
        .sort();
    expect(allowed("Runner_MachineRole")).toEqual([
      "ssm:GetParameter",
      "ssm:PutParameter",
      "ssm:UpdateInstanceInformation",
      "sts:AssumeRole",
    ]);
    expect(allowed("Runner_Role")).toEqual(["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
  });

  test("gives the machine its own role, which alone may assume the role of the jobs", () => {
    const { stack } = stackWith();
    const roles = resources(stack, IamRole).filter(({ address }) => address.includes("Runner"));
    const trust = new Map(
      roles.map(({ address, assume_role_policy: policy }) => [address.split("_")[3], String(policy)]),
    );
    expect(trust.get("MachineRole")).toContain("ec2.amazonaws.com");
    expect(trust.get("Role")).toMatch(/aws_iam_role\.Runner_MachineRole/);
    expect(trust.get("Role")).not.toContain("Service");
    const profiles = resources(stack, IamInstanceProfile).filter(({ address }) => address.includes("Runner"));
    expect(profiles.map(({ role }) => String(role))).toEqual([expect.stringContaining("Runner_MachineRole")]);
  });

  test("denies jobs the runner's token and sessions, also if another policy allows them", () => {
    const { stack, runner } = stackWith();
    runner.addToPolicy(Statement.allow({ actions: ["ssm:GetParameter"], resources: ["*"] }));
    const denied = statementsOf(policyOf(stack, "Runner_Role")).filter(({ Effect }) => Effect === "Deny");
    expect(JSON.stringify(denied)).toMatch(/"ssm:GetParameter".*parameter\/test\/runner-token.*"ssmmessages:\*"/);
  });

  test("blocks the metadata service for jobs before the runner starts, and gives them credentials of their role", () => {
    const text = userDataOf(stackWith().stack, "Runner");
    expect(text).toContain("ExecStartPre=/usr/local/lib/groundwork/block-metadata");
    expect(text).toMatch(/JOB_ROLE='\$\{aws_iam_role\.Runner_Role_/);
  });

  test("has no ingress rules, and has access to the server", () => {
    const { stack } = stackWith();
    const rules = resources(stack, VpcSecurityGroupIngressRule);
    expect(
      rules.filter(({ address }) => address.includes("Runner_SecurityGroup") && !address.includes("Server")),
    ).toEqual([]);
    expect(rules.some((rule) => JSON.stringify(rule["referenced_security_group_id"] ?? "").includes("Runner"))).toBe(
      true,
    );
  });

  test("has the minor version and the URL of its server, six concurrent jobs and a default version of Node", () => {
    const text = userDataOf(stackWith().stack, "Runner");
    for (const setting of [
      "RUNNER_PACKAGES='gitlab-runner=18.11.4-1 gitlab-runner-helper-images=18.11.4-1'",
      "CONCURRENT='6'",
      "NODE_VERSION='22.12.0'",
    ])
      expect(text).toContain(setting);
    expect(text).toContain("TOKEN_PARAMETER='/test/runner-token'");
    expect(text).toMatch(/SERVER_URL='http:\/\/\$\{aws_instance\.Server/);
  });

  test("uses a given role for jobs", () => {
    const stack = awsStack("us-west-2");
    const location = smallNetwork(stack);
    const server = new GitLabServer(stack, "Server", {
      ...location,
      version: GitLabVersion.of("18.11.2"),
      tls: Tls.none(),
      publicAddress: true,
      configuration: CONFIGURATION,
    });
    const role = Role.fromArn(stack, "Deployer", "arn:aws:iam::111122223333:role/site-deployer");
    new GitLabRunner(stack, "Runner", { server, subnet: location.subnet, role });
    const roles = resources(stack, IamRole).filter(({ address }) => address.includes("Runner"));
    expect(roles.map(({ address }) => address)).toEqual([expect.stringContaining("Runner_MachineRole")]);
    expect(statementsOf(policyOf(stack, "Runner_MachineRole"))).toContainEqual(
      expect.objectContaining({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/site-deployer" }),
    );
    expect(resources(stack, Instance)).toHaveLength(2);
  });

  test("rejects another minor version than that of the server", () => {
    expect(creating({ version: GitLabVersion.of("18.10.0") })).toViolate(GLB008, /runner 18\.10\.0, server 18\.11\.2/);
    expect(creating({ version: GitLabVersion.of("18.11.1") })).not.toThrow();
  });

  test.each(["locked", "run-untagged", "tag-list", "token", "executor", "Bad Option"])(
    "rejects the registration option %s",
    (option) => {
      expect(creating({ registerOptions: { [option]: "true" } })).toViolate(GLB009);
    },
  );

  test("connects to the private address of a server with a host name, because its security group allows only that", () => {
    const named = stackWith(
      {},
      { tls: Tls.letsEncrypt({ contact: "a@example.com" }), url: "https://gitlab.example.com" },
    );
    const text = userDataOf(named.stack, "Runner");
    expect(text).toContain("SERVER_URL='https://gitlab.example.com'");
    expect(text).toMatch(/SERVER_ADDRESS='\$\{aws_instance\.Server\w+\.private_ip\}'/);
    expect(userDataOf(stackWith().stack, "Runner")).toContain("SERVER_ADDRESS=''");
  });

  test.each(["22", "lts", "v22.12.0", "22.12.0; true"])("rejects Node %s", (nodeVersion) => {
    expect(creating({ nodeVersion })).toViolate(GLB015, /three numbers/);
  });

  test("rejects a version of Node without checksums, and accepts given ones", () => {
    expect(creating({ nodeVersion: "22.99.0" })).toViolate(GLB015, /SHASUMS256.*use 22\.\d+\.\d+/);
    const sums = { x64: "0".repeat(64), arm64: "1".repeat(64) };
    const text = userDataOf(stackWith({ nodeVersion: "22.99.0", nodeChecksums: sums }).stack, "Runner");
    expect(text).toContain(`NODE_SHA256_ARM64='${sums.arm64}'`);
    expect(creating({ nodeVersion: "22.99.0", nodeChecksums: { ...sums, x64: "" } })).toViolate(BOO011);
    expect(creating({ nodeVersion: "toString" })).toViolate(GLB015);
  });

  test.each(["a b", "$(id)'", "`id`", "a\nb", '"'])("rejects the value %j of a registration option", (value) => {
    expect(creating({ registerOptions: { limit: value } })).toViolate(GLB009, /without spaces/);
  });

  test("accepts other registration options, and rejects secrets in them", () => {
    expect(creating({ registerOptions: { "output-limit": "8192" } })).not.toThrow();
    const secret = ["glrt", "abcdefghij0123456789"].join("-");
    expect(creating({ registerOptions: { environment: secret } })).toViolate(GLB007);
  });

  test.each([0, 1.5, -1])("rejects %d concurrent jobs", (concurrent) => {
    expect(creating({ concurrent })).toViolate(GLB013);
  });

  test("rejects a server without a configuration unless a token parameter is given", () => {
    expect(() => stackWith({}, { configuration: undefined as never })).toViolate(GLB014, /without a configuration/);
    expect(() => stackWith({ tokenParameter: "/other/token" }, { configuration: undefined as never })).not.toThrow();
  });

  test("has a published version: the given one, or the newest patch of the server's minor version", () => {
    const packagesOf = (server: string, version?: string) =>
      /RUNNER_PACKAGES='([^']*)'/.exec(
        userDataOf(
          stackWith(version === undefined ? {} : { version: GitLabVersion.of(version) }, {
            version: GitLabVersion.of(server),
          }).stack,
          "Runner",
        ),
      )?.[1];
    expect(packagesOf("17.11.7")).toBe("gitlab-runner=17.11.4-1 gitlab-runner-helper-images=17.11.4-1");
    expect(packagesOf("17.6.5")).toBe("gitlab-runner=17.6.1-1");
    expect(packagesOf("18.11.2", "18.11.0")).toBe("gitlab-runner=18.11.0-1 gitlab-runner-helper-images=18.11.0-1");
    expect(packagesOf("19.9.0", "19.9.3")).toContain("gitlab-runner=19.9.3-1");
    expect(() => packagesOf("19.9.0")).toViolate(GLB016, /19\.9/);
    expect(() => packagesOf("17.11.7", "17.11.7")).toViolate(GLB016, /17\.11\.4/);
  });

  test.each(["", "t3", "t3 medium", "T3.medium"])("rejects the instance type %j", (instanceType) => {
    expect(creating({ instanceType })).toViolate(GLB017);
  });
});
