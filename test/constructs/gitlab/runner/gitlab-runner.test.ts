import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { GitLabRunner, type GitLabRunnerProps } from "@groundwork/constructs/gitlab/runner/gitlab-runner";
import { GitLabServer, type GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GLB007, GLB008, GLB009, GLB013, GLB014, GLB015 } from "@groundwork/constructs/gitlab/rules";
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

const creating = (props: Partial<GitLabRunnerProps>) => () => stackWith(props);

describe("GitLabRunner", () => {
  test("has only permissions for deployments, its token, its boot report and Session Manager", () => {
    const { stack, runner } = stackWith();
    new StaticSite(stack, "Site", { hosting: Hosting.publicWebsite() }).grants.deploy(runner);
    const policy = resources(stack, IamRolePolicy).find(({ address }) => address.includes("Runner"));
    const actions = statementsOf(policy as never).flatMap(({ Action }) => Action as string | string[]);
    expect([...actions].filter((action) => !action.startsWith("ssmmessages:")).sort()).toEqual([
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "ssm:GetParameter",
      "ssm:PutParameter",
      "ssm:UpdateInstanceInformation",
    ]);
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

  test("has the version and the URL of its server, six concurrent jobs and a default version of Node", () => {
    const text = userDataOf(stackWith().stack, "Runner");
    for (const setting of ["RUNNER_VERSION='18.11.2'", "CONCURRENT='6'", "NODE_VERSION='22.12.0'"])
      expect(text).toContain(setting);
    expect(text).toContain("TOKEN_PARAMETER='/test/runner-token'");
    expect(text).toMatch(/SERVER_URL='http:\/\/\$\{aws_instance\.Server/);
  });

  test("uses a given role and creates none", () => {
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
    expect(resources(stack, IamRole).filter(({ address }) => address.includes("Runner"))).toEqual([]);
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
});
