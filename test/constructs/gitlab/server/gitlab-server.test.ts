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
import { GitLabServer, type GitLabServerProps } from "@groundwork/constructs/gitlab/server/gitlab-server";
import { type GitLabSettings, renderSettings } from "@groundwork/constructs/gitlab/server/gitlab-settings";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { instanceSize } from "@groundwork/constructs/aws/compute/instance-size";
import { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import * as rules from "@groundwork/constructs/gitlab/rules";
import { GitLabSizing } from "@groundwork/constructs/gitlab/server/gitlab-sizing";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { DefaultTokenResolver, StringConcat, type TerraformStack, Tokenization } from "cdktf";
import { awsStack, resource, resources } from "../../../support/fixture";
import { gitLabServer, smallNetwork, userDataOf } from "../../../support/gitlab";
import { statementsOf } from "../../../support/policy";
import { readCloudConfig } from "../../../support/boot-root";

const { GLB001, GLB002, GLB003, GLB004, GLB005, GLB006, GLB007, GLB010, GLB011, GLB012, GLB014, GLB019, PIP013 } =
  rules;

/** A value in the synthesized configuration. */
function resolve(stack: TerraformStack, value: string): unknown {
  return Tokenization.resolve(value, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

const creating = (props: Partial<GitLabServerProps>) => () => gitLabServer(awsStack("us-west-2"), props);

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
  test("stores its data on a separate volume with prevent_destroy and a final snapshot", () => {
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

  test("has a machine with Session Manager, IMDSv2, a hop limit of 1 and no SSH key", () => {
    const { stack } = stackWith();
    const instance = resource(stack, Instance);
    expect(instance).toMatchObject({ metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 } });
    expect(instance).not.toHaveProperty("key_name");
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["from_port"])).toEqual([80]);
  });

  test("allows by default only HTTP from the network, and no SSH", () => {
    const { stack } = stackWith();
    expect(resource(stack, VpcSecurityGroupIngressRule)).toMatchObject({ cidr_ipv4: "10.30.0.0/16", from_port: 80 });
  });

  test("can read and write its token parameter, and write to but not read its two backup buckets", () => {
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

  test("keeps backups for the given retention, or has none", () => {
    const { stack } = stackWith({ backups: Backups.nightly({ retention: Duration.days(90), calendar: "daily" }) });
    const [rules1] = resources(stack, S3BucketLifecycleConfiguration).map((block) => JSON.stringify(block["rule"]));
    expect(rules1).toContain('"days":90');
    expect(userDataOf(stack, "Server")).toContain("OnCalendar=daily");
    expect(resources(stackWith({ backups: Backups.none() }).stack, S3Bucket)).toEqual([]);
  });

  test("encrypts disks and backups with the given key", () => {
    const stack = awsStack("us-west-2");
    const encryptionKey = new EncryptionKey(stack, "Key");
    gitLabServer(stack, { encryptionKey });
    expect(resource(stack, EbsVolume)["kms_key_id"]).toMatch(/aws_kms_key\.Key/);
    expect(JSON.stringify(resource(stack, Instance)["root_block_device"])).toContain("aws_kms_key.Key");
  });

  test("has its private address as internal URL without TLS, and its host name otherwise", () => {
    const { stack, server } = stackWith();
    expect(resolve(stack, server.url)).toMatch(/^http:\/\/\$\{aws_eip\..*public_ip\}$/);
    expect(resolve(stack, server.internalUrl)).toMatch(/^http:\/\/\$\{aws_instance\..*private_ip\}$/);
    const named = stackWith({ tls: Tls.letsEncrypt({ contact: "a@example.com" }), url: "https://gitlab.example.com" });
    expect(named.server.internalUrl).toBe("https://gitlab.example.com");
    expect(named.server.healthUrl).toBe("https://gitlab.example.com/users/sign_in");
  });

  test("opens port 80 for Let's Encrypt, and only 443 for an own certificate", () => {
    const ports = (tls: Tls) =>
      resources(stackWith({ tls, url: "https://gitlab.example.com" }).stack, VpcSecurityGroupIngressRule).map(
        (rule) => [rule["from_port"], rule["cidr_ipv4"]],
      );
    expect(ports(Tls.letsEncrypt({ contact: "a@example.com" }))).toContainEqual([80, "0.0.0.0/0"]);
    expect(ports(Tls.ownCertificate({ certificate: "/tls/crt", key: "/tls/key" }))).toEqual([[443, "10.30.0.0/16"]]);
  });

  test("is reachable only from its load balancer, including health checks", () => {
    const stack = awsStack("us-west-2");
    const location = smallNetwork(stack);
    const balancer = new SecurityGroup(stack, "Balancer", { network: location.network, description: "load balancer" });
    new GitLabServer(stack, "Server", {
      ...location,
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

  test("writes a gitlab.rb with the settings of its sizing, its TLS variant and its user", () => {
    const text = settingsOf({
      sizing: GitLabSizing.constrained(),
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

  test("quotes values for Ruby", () => {
    expect(renderSettings("http://a", { "gitlab_rails['gitlab_email_from']": 'it\'s a \\ "b" #{c}' })).toContain(
      `= 'it\\'s a \\\\ "b" #{c}'`,
    );
  });

  test("rejects unsupported keys, and values of another type", () => {
    expect(creating({ settings: { "grafana['enable']": true } as GitLabSettings })).toViolate(GLB001, /grafana/);
    expect(creating({ settings: { "registry['enable']": "no" } })).toViolate(GLB001, /of type boolean/);
    const password = { "gitlab_rails['initial_root_password']": "hunter2" } as GitLabSettings;
    expect(creating({ settings: password })).toViolate(GLB001);
  });

  test("rejects a URL without a scheme, with the wrong scheme or with a path, and a missing URL with TLS", () => {
    expect(creating({ url: "gitlab.example.com" })).toViolate(GLB002, /http:\/\/<host>/);
    expect(creating({ url: "https://gitlab.example.com" })).toViolate(GLB002);
    expect(creating({ url: "http://gitlab.example.com/git" })).toViolate(GLB002);
    expect(creating({ tls: Tls.letsEncrypt({ contact: "a@example.com" }) })).toViolate(GLB002, /no url/);
    expect(creating({ publicAddress: false })).toViolate(GLB002, /no url/);
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
    expect(creating({ tls, url: `https://${host}` })).toViolate(GLB003);
  });

  test("rejects Let's Encrypt for a server that is not reachable from the internet", () => {
    const tls = Tls.letsEncrypt({ contact: "a@example.com" });
    expect(creating({ tls, url: "https://gitlab.example.com", publicAddress: false })).toViolate(
      GLB003,
      /not reachable from the internet/,
    );
  });

  test.each([
    ["m5.large", GitLabSizing.baseline(), /2 vCPUs, 8 GiB/],
    ["t3.2xlarge", GitLabSizing.baseline(), /burstable/],
    ["m5.medium", GitLabSizing.constrained(), /1 vCPUs/],
    ["c5.large", GitLabSizing.constrained(), /4 GiB/],
    ["mac1.metal", GitLabSizing.constrained(), /unknown/],
  ])("rejects %s if it is too small for the sizing", (instanceType, sizing, given) => {
    expect(creating({ instanceType, sizing })).toViolate(GLB004, given);
  });

  test("accepts an m5.large with constrained sizing", () => {
    expect(creating({ instanceType: "m5.large", sizing: GitLabSizing.constrained() })).not.toThrow();
  });

  test("rejects a version without three numbers, and an upgrade that skips a required stop", () => {
    expect(() => GitLabVersion.of("18.11")).toViolate(GLB005, /three numbers/);
    expect(() => GitLabVersion.of("latest")).toViolate(GLB005);
    expect(creating({ upgradesFrom: GitLabVersion.of("18.4.0") })).toViolate(
      GLB005,
      /upgrade to the newest 18\.5 first/,
    );
    expect(creating({ upgradesFrom: GitLabVersion.of("18.8.3") })).not.toThrow();
  });

  test("rejects a downgrade", () => {
    expect(creating({ upgradesFrom: GitLabVersion.of("18.11.3") })).toViolate(GLB005, /downgrades are not supported/);
    expect(creating({ upgradesFrom: GitLabVersion.of("19.0.0") })).toViolate(GLB005, /downgrades are not supported/);
    expect(creating({ upgradesFrom: GitLabVersion.of("18.11.2") })).not.toThrow();
  });

  test("does not repeat a password in its URL", () => {
    const secret = ["hun", "ter2"].join("");
    const create = creating({ url: `http://root:${secret}@gitlab.example.com` });
    expect(create).toViolate(GLB002);
    expect(create).not.toThrow(secret);
  });

  test("opens the given ports to its web clients", () => {
    const { stack } = stackWith({ webPorts: [Port.HTTP, Port.HTTPS] });
    expect(resources(stack, VpcSecurityGroupIngressRule).map((rule) => rule["from_port"])).toEqual([443, 80]);
  });

  test("reports its first boot in an SSM parameter, whose value Terraform ignores", () => {
    const { stack } = stackWith();
    expect(resource(stack, SsmParameter)).toMatchObject({
      name: "/groundwork/first-boot/test-server-machine",
      type: "String",
      lifecycle: { ignore_changes: ["value"] },
    });
    expect(userDataOf(stack, "Server")).toContain("STATUS_PARAMETER='/groundwork/first-boot/test-server-machine'");
  });

  test("rejects a volume in another zone", () => {
    expect(creating({ dataVolume: DataVolume.existing("vol-0123456789abcdef0", "c") })).toViolate(GLB006, /zone c/);
    const { stack, server } = stackWith({ dataVolume: DataVolume.existing("vol-0123456789abcdef0", "a") });
    expect(server.volumeId).toBe("vol-0123456789abcdef0");
    expect(resources(stack, EbsVolume)).toEqual([]);
  });

  test("rejects secrets in settings without repeating them", () => {
    const secret = ["glpat", "abcdefghij0123456789"].join("-");
    const create = creating({ settings: { "gitlab_rails['gitlab_email_from']": secret } });
    expect(create).toViolate(GLB007);
    expect(create).not.toThrow(secret);
  });

  test("rejects SSH from the internet", () => {
    expect(creating({ sshClients: [Peer.anyIpv4()] })).toViolate(SEC001);
  });

  test("rejects user data above the limit of EC2", () => {
    const variables = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, index) => [`V${index}`, String((index * 7_919 + index ** 3) % 1_000_003)]),
    );
    const configuration = GitLabConfiguration.of({
      group: "lab",
      project: "site",
      importUrl: "https://git.example.com/site.git",
      variables,
      runnerTokenParameter: "/test/runner-token",
    });
    expect(creating({ configuration })).toViolate(BOO001);
  });

  test("supports a disposable volume from a snapshot", () => {
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

  test("rejects a pipeline with larger artifacts than the limit of the project", () => {
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
    const create = configuring({ importUrl: `https://root:${secret}@git.example.com/site.git` });
    expect(create).toViolate(GLB011);
    expect(create).not.toThrow(secret);
    expect(configuring({ importUrl: "git@git.example.com:site.git" })).toViolate(GLB011);
  });

  test.each(["two words", "-site", "site.git", "site."])("rejects the path %s", (project) => {
    expect(configuring({ project })).toViolate(GLB012);
  });

  test.each(["runner-token", "/test/*", "/aws/runner", "/"])("rejects the parameter %s", (runnerTokenParameter) => {
    expect(configuring({ runnerTokenParameter })).toViolate(GLB014);
  });

  test("does not repeat a token that was given instead of a parameter name", () => {
    const secret = ["glrt", "abcdefghij0123456789"].join("-");
    expect(configuring({ runnerTokenParameter: secret })).toViolate(GLB014, /parameter name of 25 characters/);
    expect(configuring({ runnerTokenParameter: secret })).not.toThrow(secret);
    expect(() => RootPassword.inParameter(secret)).not.toThrow(secret);
  });

  test("rejects secrets in the variables of its project, and invalid names of variables", () => {
    const secret = ["glpat", "abcdefghij0123456789"].join("-");
    const withVariables = (variables: Readonly<Record<string, string>>) => () =>
      GitLabConfiguration.of({ ...valid, variables });
    expect(withVariables({ DEPLOY: secret })).toViolate(PIP013, /GitLab token/);
    expect(withVariables({ DEPLOY: secret })).not.toThrow(secret);
    expect(withVariables({ "SITE-BUCKET": "site" })).toViolate(PIP013, /"SITE-BUCKET"/);
  });
});

describe("GitLabVersion", () => {
  test("returns the required stops between two versions", () => {
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
    ["m5.metal", { cpus: 96, gibibytes: 384, isBurstable: false }],
    ["m9x.large", { cpus: 2, gibibytes: 8, isBurstable: false }],
    ["z99.large", undefined],
  ])("returns the size of %s", (type, size) => {
    expect(instanceSize(type)).toEqual(size);
  });
});

describe("the data volume", () => {
  test("has a file system that grows with it, at boot and on a running machine", () => {
    const text = userDataOf(
      (() => {
        const stack = awsStack("us-west-2");
        gitLabServer(stack);
        return stack;
      })(),
      "Server",
    );
    expect(text).toContain("x-systemd.growfs");
    expect(text).toContain("ExecStart=/usr/lib/systemd/systemd-growfs /srv/gitlab");
    expect(text).toContain("OnCalendar=hourly");
  });

  test("can grow without replacing the machine", () => {
    const instanceWith = (gibibytes: number) => {
      const stack = awsStack("us-west-2");
      gitLabServer(stack, { dataVolume: DataVolume.kept({ size: Size.gibibytes(gibibytes) }) });
      return userDataOf(stack, "Server");
    };
    expect(instanceWith(200)).toBe(instanceWith(100));
  });

  test("rejects a size that EBS does not offer", () => {
    expect(() => DataVolume.kept({ size: Size.tebibytes(100) })).toViolate(GLB019, /Size\.tebibytes\(64\)/);
    expect(() => DataVolume.kept({ size: Size.tebibytes(64) })).not.toThrow();
  });

  test.each(["m5.constructor", "constructor.large", "t3.toString"])("knows no size of %s", (type) => {
    expect(instanceSize(type)).toBeUndefined();
  });
});
