import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { SEC001 } from "@groundwork/constructs/aws/network/rules";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { BOO001 } from "@groundwork/constructs/boot/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { Backups } from "@groundwork/constructs/gitlab/server/backups";
import { DataVolume } from "@groundwork/constructs/gitlab/server/data-volume";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import type { GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { GitLabServer } from "@groundwork/constructs/gitlab/server/gitlab-server";
import type { GitLabSettings } from "@groundwork/constructs/gitlab/server/gitlab-settings";
import { renderSettings } from "@groundwork/constructs/gitlab/server/gitlab-settings";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { architectureOf, instanceSize } from "@groundwork/constructs/gitlab/machine/instance-size";
import { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import * as rules from "@groundwork/constructs/gitlab/rules";
import { Sizing } from "@groundwork/constructs/gitlab/server/sizing";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import type { TerraformStack } from "cdktf";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { awsStack, resource, resources } from "../../../support/fixture";
import { gitLabServer, smallNetwork, userDataOf } from "../../../support/gitlab";
import { statementsOf } from "../../../support/policy";
import { readCloudConfig } from "../../../support/boot-root";

const { GLB001, GLB002, GLB003, GLB004, GLB005, GLB006, GLB007, GLB010, GLB011, GLB012, GLB014, PIP013 } = rules;

/** A value as it stands in the synthesized file. */
function resolve(stack: TerraformStack, value: string): unknown {
  return Tokenization.resolve(value, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

const making = (props: Partial<GitLabServerProps>) => () => gitLabServer(awsStack("us-west-2"), props);

function stackWith(props: Partial<GitLabServerProps> = {}) {
  const stack = awsStack("us-west-2");
  const server = gitLabServer(stack, props);
  return { stack, server };
}

function settingsOf(props: Partial<GitLabServerProps>): string {
  const text = userDataOf(stackWith(props).stack, "Server");
  return readCloudConfig(text).write_files?.find(({ path }) => path.endsWith("/gitlab.rb"))?.content ?? "";
}

describe("GitLabServer", () => {
  test("keeps its data on a volume of its own that Terraform refuses to destroy, with a last snapshot", () => {
    const { stack } = stackWith();
    expect(resource(stack, EbsVolume)).toMatchObject({
      availability_zone: "us-west-2a",
      encrypted: true,
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
      size: 100,
    });
    expect(resource(stack, VolumeAttachment)).toMatchObject({ stop_instance_before_detaching: true });
  });

  test("gives its machine nobody to log in as: Session Manager, IMDSv2, one hop, no key", () => {
    const { stack } = stackWith();
    const instance = resource(stack, Instance);
    expect(instance).toMatchObject({ metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 } });
    expect(instance).not.toHaveProperty("key_name");
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["from_port"])).toEqual([80]);
  });

  test("lets only the network in unless it is told otherwise, and nobody on 22", () => {
    const { stack } = stackWith();
    expect(resource(stack, VpcSecurityGroupIngressRule)).toMatchObject({ cidr_ipv4: "10.30.0.0/16", from_port: 80 });
  });

  test("may write and read one parameter, and write into its two backup buckets without reading them", () => {
    const { stack } = stackWith({ rootPassword: RootPassword.inParameter("/test/root-password") });
    const [policy] = resources(stack, IamRolePolicy).filter(({ address }) => address.includes("Server"));
    const statements = policy === undefined ? [] : statementsOf(policy);
    const of = (action: string) => statements.filter(({ Action }) => JSON.stringify(Action).includes(action));
    expect(of("ssm:PutParameter").map(({ Resource }) => String(Resource).replace(/.*:parameter/, ""))).toEqual([
      "/test/runner-token",
      "/test/root-password",
      expect.stringMatching(/^\$\{aws_ssm_parameter\.Server_Machine_FirstBoot_\w+\.arn\}$/),
    ]);
    expect(of("ssm:GetParameter").map(({ Resource }) => String(Resource).replace(/.*:parameter/, ""))).toEqual([
      "/test/runner-token",
    ]);
    expect(of("s3:PutObject")).toHaveLength(2);
    expect(of("s3:GetObject")).toEqual([]);
    expect(resources(stack, S3Bucket)).toHaveLength(2);
  });

  test("keeps backups as long as it is told, or makes none", () => {
    const { stack } = stackWith({ backups: Backups.nightly({ retention: Duration.days(90), calendar: "daily" }) });
    const [rules1] = resources(stack, S3BucketLifecycleConfiguration).map((block) => JSON.stringify(block["rule"]));
    expect(rules1).toContain('"days":90');
    expect(userDataOf(stack, "Server")).toContain("OnCalendar=daily");
    expect(resources(stackWith({ backups: Backups.none() }).stack, S3Bucket)).toEqual([]);
  });

  test("encrypts disks and backups with the account's key where it has one", () => {
    const stack = awsStack("us-west-2");
    const encryptionKey = new EncryptionKey(stack, "Key");
    gitLabServer(stack, { encryptionKey });
    expect(resource(stack, EbsVolume)["kms_key_id"]).toMatch(/aws_kms_key\.Key/);
    expect(JSON.stringify(resource(stack, Instance)["root_block_device"])).toContain("aws_kms_key.Key");
  });

  test("answers machines next door under its private address when it has no TLS, and under its name otherwise", () => {
    const { stack, server } = stackWith();
    expect(resolve(stack, server.url)).toMatch(/^http:\/\/\$\{aws_eip\..*public_ip\}$/);
    expect(resolve(stack, server.internalUrl)).toMatch(/^http:\/\/\$\{aws_instance\..*private_ip\}$/);
    const named = stackWith({ tls: Tls.letsEncrypt({ contact: "a@example.com" }), url: "https://gitlab.example.com" });
    expect(named.server.internalUrl).toBe("https://gitlab.example.com");
    expect(named.server.healthUrl).toBe("https://gitlab.example.com/users/sign_in");
  });

  test("opens port 80 for the proof of a name, and only 443 for a certificate of one's own", () => {
    const ports = (tls: Tls) =>
      resources(stackWith({ tls, url: "https://gitlab.example.com" }).stack, VpcSecurityGroupIngressRule).map(
        (rule) => [rule["from_port"], rule["cidr_ipv4"]],
      );
    expect(ports(Tls.letsEncrypt({ contact: "a@example.com" }))).toContainEqual([80, "0.0.0.0/0"]);
    expect(ports(Tls.ownCertificate({ certificate: "/tls/crt", key: "/tls/key" }))).toEqual([[443, "10.30.0.0/16"]]);
  });

  test("is reached by nobody but its load balancer where there is one, which may ask for its health", () => {
    const stack = awsStack("us-west-2");
    const place = smallNetwork(stack);
    const balancer = new SecurityGroup(stack, "Balancer", { network: place.network, description: "load balancer" });
    new GitLabServer(stack, "Server", {
      ...place,
      version: GitLabVersion.of("18.11.2"),
      tls: Tls.behind(balancer),
      url: "https://gitlab.example.com",
    });
    const rule = resource(stack, VpcSecurityGroupIngressRule);
    expect(rule).toMatchObject({ from_port: 80 });
    expect(rule).not.toHaveProperty("cidr_ipv4");
    const rb = readCloudConfig(userDataOf(stack, "Server")).write_files?.find(({ path }) =>
      path.endsWith(".rb"),
    )?.content;
    expect(rb).toContain("nginx['listen_https'] = false");
    expect(rb).toContain("gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8', '::1/128', '10.30.0.0/16']");
    expect(resources(stack, Eip)).toEqual([]);
  });

  test("writes a gitlab.rb that says what its sizing, its TLS and its user say", () => {
    const text = settingsOf({
      sizing: Sizing.constrained(),
      instanceType: "m5.large",
      settings: { "gitlab_rails['time_zone']": "Asia/Seoul", "registry['enable']": false },
    });
    for (const line of [
      "puma['worker_processes'] = 2",
      "sidekiq['concurrency'] = 10",
      "prometheus_monitoring['enable'] = false",
      "letsencrypt['enable'] = false",
      "high_availability['mountpoint'] = '/var/opt/gitlab'",
      "gitlab_rails['time_zone'] = 'Asia/Seoul'",
      "registry['enable'] = false",
    ])
      expect(text).toContain(`${line}\n`);
  });

  test("quotes values so that Ruby reads them as they are", () => {
    expect(renderSettings("http://a", { "gitlab_rails['gitlab_email_from']": 'it\'s a \\ "b" #{c}' })).toContain(
      `= 'it\\'s a \\\\ "b" #{c}'`,
    );
  });

  test("rejects keys that the package does not know, and values of another kind", () => {
    expect(making({ settings: { "grafana['enable']": true } as GitLabSettings })).toViolate(GLB001, /grafana/);
    expect(making({ settings: { "registry['enable']": "no" } })).toViolate(GLB001, /of the kind boolean/);
    const password = { "gitlab_rails['initial_root_password']": "hunter2" } as GitLabSettings;
    expect(making({ settings: password })).toViolate(GLB001);
  });

  test("rejects a URL without a scheme, of the wrong one, with a path, or none where TLS needs a name", () => {
    expect(making({ url: "gitlab.example.com" })).toViolate(GLB002, /http:\/\/<host>/);
    expect(making({ url: "https://gitlab.example.com" })).toViolate(GLB002);
    expect(making({ url: "http://gitlab.example.com/git" })).toViolate(GLB002);
    expect(making({ tls: Tls.letsEncrypt({ contact: "a@example.com" }) })).toViolate(GLB002, /no url/);
    expect(making({ publicAddress: false })).toViolate(GLB002, /no url/);
  });

  test.each([
    "ec2-192-0-2-10.us-west-2.compute.amazonaws.com",
    "EC2-192-0-2-10.Compute.AmazonAWS.com",
    "lab.us-west-2.elb.amazonaws.com.",
    "lab.cloudapp.net",
    "lab.appspot.com",
    "192.0.2.10",
    "gitlab",
  ])("rejects Let's Encrypt for %s", (host) => {
    const tls = Tls.letsEncrypt({ contact: "a@example.com" });
    expect(making({ tls, url: `https://${host}` })).toViolate(GLB003);
  });

  test("rejects Let's Encrypt where the internet does not reach", () => {
    const tls = Tls.letsEncrypt({ contact: "a@example.com" });
    expect(making({ tls, url: "https://gitlab.example.com", publicAddress: false })).toViolate(
      GLB003,
      /does not reach/,
    );
  });

  test.each([
    ["m5.large", Sizing.baseline(), /2 processors, 8 GiB/],
    ["t3.2xlarge", Sizing.baseline(), /burstable/],
    ["m5.medium", Sizing.constrained(), /1 processors/],
    ["c5.large", Sizing.constrained(), /4 GiB/],
    ["mac1.metal", Sizing.constrained(), /unknown/],
  ])("rejects %s where it is too small and nothing says so", (instanceType, sizing, words) => {
    expect(making({ instanceType, sizing })).toViolate(GLB004, words);
  });

  test("takes the lab's m5.large when it is said to be constrained", () => {
    expect(making({ instanceType: "m5.large", sizing: Sizing.constrained() })).not.toThrow();
  });

  test("rejects a version that is not pinned, and an upgrade past a required stop", () => {
    expect(() => GitLabVersion.of("18.11")).toViolate(GLB005, /three numbers/);
    expect(() => GitLabVersion.of("latest")).toViolate(GLB005);
    expect(making({ upgradesFrom: GitLabVersion.of("18.4.0") })).toViolate(GLB005, /go to the newest 18\.5 first/);
    expect(making({ upgradesFrom: GitLabVersion.of("18.8.3") })).not.toThrow();
  });

  test("rejects the way back to an older version", () => {
    expect(making({ upgradesFrom: GitLabVersion.of("18.11.3") })).toViolate(GLB005, /no way back/);
    expect(making({ upgradesFrom: GitLabVersion.of("19.0.0") })).toViolate(GLB005, /no way back/);
    expect(making({ upgradesFrom: GitLabVersion.of("18.11.2") })).not.toThrow();
  });

  test("does not repeat a password that stands in its URL", () => {
    const secret = ["hun", "ter2"].join("");
    const made = making({ url: `http://root:${secret}@gitlab.example.com` });
    expect(made).toViolate(GLB002);
    expect(made).not.toThrow(secret);
  });

  test("opens more ports to its web clients where it is told to", () => {
    const { stack } = stackWith({ webPorts: [Port.HTTP, Port.HTTPS] });
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["from_port"])).toEqual([443, 80]);
  });

  test("tells of its first boot in a parameter of Terraform's that holds no secret, and keeps what the machine wrote", () => {
    const { stack } = stackWith();
    expect(resource(stack, SsmParameter)).toMatchObject({
      name: "/groundwork/first-boot/test-server-machine",
      type: "String",
      lifecycle: { ignore_changes: ["value"] },
    });
    expect(userDataOf(stack, "Server")).toContain("STATUS_PARAMETER='/groundwork/first-boot/test-server-machine'");
  });

  test("rejects a volume of another zone", () => {
    expect(making({ dataVolume: DataVolume.existing("vol-0123456789abcdef0", "c") })).toViolate(GLB006, /zone c/);
    const { stack, server } = stackWith({ dataVolume: DataVolume.existing("vol-0123456789abcdef0", "a") });
    expect(server.volumeId).toBe("vol-0123456789abcdef0");
    expect(resources(stack, EbsVolume)).toEqual([]);
  });

  test("rejects secrets in settings without repeating them", () => {
    const secret = ["glpat", "abcdefghij0123456789"].join("-");
    const made = making({ settings: { "gitlab_rails['gitlab_email_from']": secret } });
    expect(made).toViolate(GLB007);
    expect(made).not.toThrow(secret);
  });

  test("rejects SSH from the internet", () => {
    expect(making({ sshClients: [Peer.anyIpv4()] })).toViolate(SEC001);
  });

  test("rejects user data beyond EC2's limit", () => {
    const variables = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, index) => [`V${index}`, String((index * 7_919 + index ** 3) % 1_000_003)]),
    );
    const configuration = GitLabConfiguration.of({
      ...{ group: "lab", project: "site", importUrl: "https://git.example.com/site.git", variables },
      runnerTokenParameter: "/test/runner-token",
    });
    expect(making({ configuration })).toViolate(BOO001);
  });

  test("begins from a snapshot, disposable, where it is told so", () => {
    const dataVolume = DataVolume.disposable({ snapshotId: "snap-0123456789abcdef0", size: Size.gibibytes(20) });
    const volume = resource(stackWith({ dataVolume }).stack, EbsVolume);
    expect(volume).toMatchObject({ snapshot_id: "snap-0123456789abcdef0", size: 20 });
    expect(volume).not.toHaveProperty("lifecycle");
  });
});

describe("GitLabConfiguration", () => {
  const valid = {
    group: "lab",
    project: "site",
    importUrl: "https://git.example.com/site.git",
    runnerTokenParameter: "/test/runner-token",
  };
  const configuring = (props: Partial<typeof valid> & { pipeline?: Pipeline; maxArtifactSize?: Size }) => () =>
    GitLabConfiguration.of({ ...valid, ...props });

  test("rejects a pipeline with larger artifacts than the project takes", () => {
    const pipeline = Pipeline.of({
      stages: ["build"],
      jobs: [Job.of("build", { stage: "build", script: ["true"] })],
      artifactLimit: Size.gibibytes(1),
    });
    expect(configuring({ pipeline })).toViolate(GLB010, /1 GiB/);
    expect(configuring({ pipeline, maxArtifactSize: Size.gibibytes(1) })).not.toThrow();
  });

  test("rejects imports with credentials or without TLS, and does not repeat them", () => {
    const secret = ["hun", "ter2"].join("");
    const made = configuring({ importUrl: `https://root:${secret}@git.example.com/site.git` });
    expect(made).toViolate(GLB011);
    expect(made).not.toThrow(secret);
    expect(configuring({ importUrl: "git@git.example.com:site.git" })).toViolate(GLB011);
  });

  test.each(["two words", "-site", "site.git", "site."])("rejects the path %s", (project) => {
    expect(configuring({ project })).toViolate(GLB012);
  });

  test.each(["runner-token", "/test/*", "/aws/runner", "/"])("rejects the parameter %s", (runnerTokenParameter) => {
    expect(configuring({ runnerTokenParameter })).toViolate(GLB014);
  });

  test("does not repeat a token that was given in place of its parameter's name", () => {
    const secret = ["glrt", "abcdefghij0123456789"].join("-");
    expect(configuring({ runnerTokenParameter: secret })).toViolate(GLB014, /name of 25 characters/);
    expect(configuring({ runnerTokenParameter: secret })).not.toThrow(secret);
    expect(() => RootPassword.inParameter(secret)).not.toThrow(secret);
  });

  test("rejects secrets in the variables of its project, and variables that no shell would know", () => {
    const secret = ["glpat", "abcdefghij0123456789"].join("-");
    const made = (variables: Readonly<Record<string, string>>) => () => GitLabConfiguration.of({ ...valid, variables });
    expect(made({ DEPLOY: secret })).toViolate(PIP013, /GitLab token/);
    expect(made({ DEPLOY: secret })).not.toThrow(secret);
    expect(made({ "SITE-BUCKET": "site" })).toViolate(PIP013, /"SITE-BUCKET"/);
  });
});

describe("GitLabVersion", () => {
  test("knows the stops between two versions", () => {
    const stops = (older: string, newer: string) => GitLabVersion.of(newer).stopsFrom(GitLabVersion.of(older));
    expect(stops("16.1.0", "18.6.0")).toEqual([
      "16.3",
      "16.7",
      "16.11",
      "17.3",
      "17.5",
      "17.8",
      "17.11",
      "18.2",
      "18.5",
    ]);
    expect(stops("18.11.0", "18.11.2")).toEqual([]);
    expect(stops("18.11.2", "19.3.0")).toEqual(["19.2"]);
  });
});

describe("instanceSize", () => {
  test.each([
    ["m5.large", { cpus: 2, gibibytes: 8, isBurstable: false }],
    ["c7g.2xlarge", { cpus: 8, gibibytes: 16, isBurstable: false }],
    ["r6i.xlarge", { cpus: 4, gibibytes: 32, isBurstable: false }],
    ["t3.medium", { cpus: 2, gibibytes: 4, isBurstable: true }],
    ["t3.huge", undefined],
    ["m5.metal", undefined],
  ])("reads %s", (type, size) => {
    expect(instanceSize(type)).toEqual(size);
  });

  test("tells architectures apart", () => {
    expect(["m7g.large", "t4g.nano", "m5.large", "g5.xlarge"].map(architectureOf)).toEqual([
      "arm64",
      "arm64",
      "amd64",
      "amd64",
    ]);
  });
});
