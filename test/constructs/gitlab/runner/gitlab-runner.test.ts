import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import type { GitLabRunnerProps } from "@groundwork/constructs/gitlab/runner/gitlab-runner";
import { GitLabRunner } from "@groundwork/constructs/gitlab/runner/gitlab-runner";
import type { GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabServer } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GLB007, GLB008, GLB009, GLB013, GLB014, GLB015 } from "@groundwork/constructs/gitlab/rules";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { awsStack, resources } from "../../../support/fixture";
import { CONFIGURATION, smallNetwork, userDataOf } from "../../../support/gitlab";
import { statementsOf } from "../../../support/policy";

function stackWith(props: Partial<GitLabRunnerProps> = {}, serverProps: Partial<GitLabServerProps> = {}) {
  const stack = awsStack("us-west-2");
  const place = smallNetwork(stack);
  const version = GitLabVersion.of("18.11.2");
  const configuration = "configuration" in serverProps ? {} : { configuration: CONFIGURATION };
  const server = new GitLabServer(stack, "Server", {
    ...{ ...place, version, tls: Tls.none(), publicAddress: true },
    ...configuration,
    ...serverProps,
  });
  const runner = new GitLabRunner(stack, "Runner", { server, subnet: place.subnet, ...props });
  return { stack, runner };
}

const making = (props: Partial<GitLabRunnerProps>) => () => stackWith(props);

describe("GitLabRunner", () => {
  test("may do what a deployment needs, read its token, tell of its boot, be reached by Session Manager: nothing else", () => {
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

  test("lets nobody in, and is let in by the server", () => {
    const { stack } = stackWith();
    const rules = resources(stack, VpcSecurityGroupIngressRule);
    expect(
      rules.filter(({ address }) => address.includes("Runner_SecurityGroup") && !address.includes("Server")),
    ).toEqual([]);
    expect(rules.some((rule) => JSON.stringify(rule["referenced_security_group_id"] ?? "").includes("Runner"))).toBe(
      true,
    );
  });

  test("is of its server's version, knows where it is, and runs six jobs at once with the lab's Node", () => {
    const text = userDataOf(stackWith().stack, "Runner");
    for (const setting of ["RUNNER_VERSION='18.11.2'", "CONCURRENT='6'", "NODE_VERSION='22.12.0'"])
      expect(text).toContain(setting);
    expect(text).toContain("TOKEN_PARAMETER='/test/runner-token'");
    expect(text).toMatch(/SERVER_URL='http:\/\/\$\{aws_instance\.Server/);
  });

  test("takes a role that another stack lets deploy, and makes none", () => {
    const stack = awsStack("us-west-2");
    const place = smallNetwork(stack);
    const server = new GitLabServer(stack, "Server", {
      ...{
        ...place,
        version: GitLabVersion.of("18.11.2"),
        tls: Tls.none(),
        publicAddress: true,
        configuration: CONFIGURATION,
      },
    });
    const role = Role.fromArn(stack, "Deployer", "arn:aws:iam::111122223333:role/site-deployer");
    new GitLabRunner(stack, "Runner", { server, subnet: place.subnet, role });
    expect(resources(stack, IamRole).filter(({ address }) => address.includes("Runner"))).toEqual([]);
    expect(resources(stack, Instance)).toHaveLength(2);
  });

  test("rejects a version apart from the server's", () => {
    expect(making({ version: GitLabVersion.of("18.10.0") })).toViolate(GLB008, /runner 18\.10\.0, server 18\.11\.2/);
    expect(making({ version: GitLabVersion.of("18.11.1") })).not.toThrow();
  });

  test.each(["locked", "run-untagged", "tag-list", "token", "executor", "Bad Option"])(
    "rejects the registration option %s",
    (option) => {
      expect(making({ registerOptions: { [option]: "true" } })).toViolate(GLB009);
    },
  );

  test("finds a server with a name of its own by its private address, which is the one that lets it in", () => {
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
    expect(making({ nodeVersion })).toViolate(GLB015, /three numbers/);
  });

  test("takes other registration options, and rejects secrets in them", () => {
    expect(making({ registerOptions: { "output-limit": "8192" } })).not.toThrow();
    const secret = ["glrt", "abcdefghij0123456789"].join("-");
    expect(making({ registerOptions: { environment: secret } })).toViolate(GLB007);
  });

  test.each([0, 1.5, -1])("rejects %d jobs at once", (concurrent) => {
    expect(making({ concurrent })).toViolate(GLB013);
  });

  test("rejects a token that nobody hands over", () => {
    expect(() => stackWith({}, { configuration: undefined as never })).toViolate(GLB014, /without a configuration/);
    expect(() => stackWith({ tokenParameter: "/other/token" }, { configuration: undefined as never })).not.toThrow();
  });
});
