import { checkEnvironments } from "@groundwork/stacks/check/check";
import { recommended } from "@groundwork/stacks/environments/recommended";

/**
 * An edit of the recommended environment: the key, its new value, the rule that rejects it, the key that the check names where it is
 * another one, and other keys that no longer fit.
 */
type Edit = [key: string, value: unknown, rule: string, at?: string | undefined, others?: readonly string[]];

const S = "eks.workloads.services";

/** Edits that a check must reject, with the key that it must name where it is not the edited one. */
const REJECTED: readonly Edit[] = [
  // Structure
  ["ekss", {}, "ENV001"],
  ["eks.network.natt", "single", "ENV001"],
  ["eks.workloads.services.Frontend.imagee", {}, "ENV001"],
  ["gitlab.server.instancetype", "m5.large", "ENV001"],
  ["eks.clusterName", undefined, "ENV002"],
  ["eks.clusterName", 3, "ENV002"],
  ["site.forceDestroy", "no", "ENV002"],
  ["eks.network.nat", "two", "ENV002"],
  ["eks.network.nat", "singel", "ENV002"],
  ["name", "Production", "ENV002"],
  ["name", "production-of-the-company", "ENV002"],
  ["aws.account", "12345", "ENV002"],
  ["aws.cloud", "gcp", "ENV002"],
  ["backend", { type: "remote" }, "ENV002", "backend.type"],
  ["eks.clusterName", ["AKIA", "IOSFODNN7EXAMPLE"].join(""), "ENV003"],
  ["sites", { Docs: { ...recommended.site, bucketName: "docs-{account}" } }, "ENV002", "sites.Docs"],
  // Account, backend, provider
  ["aws", undefined, "ENV004"],
  ["aws.providerVersion", "latest", "AWS006"],
  ["backend", { type: "s3", bucket: "My State!", region: "ap-northeast-2" }, "ENV009", "backend.bucket"],
  ["backend", { type: "s3", bucket: "states", region: "ap-north-2" }, "AWS001", "backend.region"],
  // Regions and networks
  ["eks.region", "ap-northeast-22", "AWS001"],
  ["eks.region", "us-west-2", "ENV008", "eks.network.region", ["eks.workloads.group.certificateArn"]],
  ["eks.network.region", "us-west-2", "ENV008"],
  ["eks.network.cidr", "10.20.0.1/16", "CID002"],
  ["eks.network.cidr", "10.20.0.0", "CID001"],
  ["eks.network.cidr", "8.8.0.0/16", "NET001"],
  ["eks.network.cidr", "10.20.0.0/28", "PLN001", "eks.network"],
  ["eks.network.zones", ["a", "q"], "AWS002", "eks.network"],
  ["eks.network.zones", ["a"], "EKS", "eks.network.zones"],
  ["eks.network.tiers.1.slot", "9/8", "PLN005"],
  ["eks.network.tiers.2.name", "Data", "PLN004", "eks.network"],
  ["eks.network.flowLogRetentionDays", 0, "DIM001"],
  ["eks.network.flowLogRetentionDays", 100, "AWS004"],
  ["eks.network.gatewayEndpoints", ["sqs"], "ENV002", "eks.network.gatewayEndpoints.0"],
  ["gitlab.network.cidr", "10.30.0.0/33", "CID001"],
  // Cluster
  ["eks.clusterName", "eks production", ""],
  ["eks.cluster.version", "1.29", "EKS001"],
  ["eks.cluster.version", "1.53", "EKS001"],
  ["eks.cluster.endpoint", { type: "private-and", from: ["0.0.0.0/0"] }, "", "eks.cluster.endpoint"],
  ["eks.cluster.logRetentionDays", 100, "AWS004"],
  ["eks.cluster.addonVersions", { coredns: "1.2.3" }, "ADD006", "eks.cluster.addonVersions.coredns"],
  ["eks.admins.Platform", "arn:aws:iam::1:role/platform", "IAM008"],
  ["eks.admins", { platform: "caller" }, "ENV002", "eks.admins.platform"],
  ["eks.nodes.instanceTypes", ["t4g.nano"], "ENV010", "eks.nodes.instanceTypes.0"],
  ["eks.nodes.instanceTypes", ["m7g.lrage"], "ENV010", "eks.nodes.instanceTypes.0"],
  ["eks.nodes.instanceTypes", ["large"], "ENV010", "eks.nodes.instanceTypes.0"],
  ["eks.nodes.instanceTypes", ["m7g.large", "m5.large"], "EKS007", "eks.nodes.instanceTypes.1"],
  ["eks.nodes.max", 2, "EKS011", "eks.nodes"],
  ["eks.nodes.desired", 1, "EKS011", "eks.nodes"],
  ["eks.nodes.diskGibibytes", 1, "EKS", "eks.nodes.diskGibibytes"],
  ["eks.nodes.purchase", "reserved", "ENV002"],
  ["eks.repositories.Frontend.name", "UPPER", "NAM001", undefined, [`${S}.Frontend.image.repository`]],
  [
    "eks.repositories.Frontend.name",
    "production/flask-backend",
    "ENV006",
    undefined,
    [`${S}.Frontend.image.repository`],
  ],
  ["eks.repositories.Frontend.keepImages", 0, "", "eks.repositories.Frontend"],
  ["eks.addons.loadBalancerController.release", "v9.9.9", "ADD008"],
  ["eks.addons.containerInsights.retentionDays", 100, "AWS004"],
  ["eks.addons.containerInsights.fluentBitPort", 80, "ADD011"],
  ["eks.addons.loadBalancerController", undefined, "ENV005", "eks.workloads"],
  // Services
  [`${S}.Frontend.name`, "flask-backend", "ENV006"],
  [`${S}.Frontend.name`, "Frontend!", "NAM001"],
  [`${S}.Frontend.image.repository`, "production/frontned", "ENV005"],
  [`${S}.Frontend.image.tag`, "latest", "ENV007"],
  [`${S}.Frontend.port.container`, 70_000, "", `${S}.Frontend.port.container`],
  [`${S}.Frontend.healthPath`, "health", "", `${S}.Frontend.healthPath`],
  [`${S}.Frontend.replicas`, 0.5, "", `${S}.Frontend`],
  [`${S}.FlaskBackend.replicas.min`, 20, "", `${S}.FlaskBackend`],
  [`${S}.Frontend.limits.memoryMebibytes`, 64, "", `${S}.Frontend`],
  [`${S}.Frontend.ingress.order`, 2000, "", `${S}.Frontend.ingress.order`],
  [`${S}.Frontend.ingress.path`, "frontend", "", `${S}.Frontend.ingress.path`],
  ["eks.workloads.namespace", "Web", "", "eks.workloads.namespace"],
  ["eks.workloads.group.name", "Production!", "", "eks.workloads.group.name"],
  [
    "eks.workloads.group.certificateArn",
    "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000000",
    "ENV009",
  ],
  [
    "eks.workloads.group.certificateArn",
    "arn:aws:acm:ap-northeast-2:444455556666:certificate/00000000-0000-4000-8000-000000000000",
    "ENV009",
  ],
  ["eks.workloads.group.certificateArn", "certificate", "", "eks.workloads.group.certificateArn"],
  // Site
  ["site.bucketName", "My Site", "STO001"],
  ["site.region", "eu-central", "AWS001"],
  ["site.hosting.missingPage", "/404.html", "", "site.hosting"],
  ["site.hosting.domain.zoneId", "example.com", "", "site.hosting.domain.zoneId"],
  ["site.hosting.domain.names", ["www.other.org"], "", "site.hosting.domain"],
  ["site.hosting.routing", "index", "ENV002", "site.hosting"],
  // GitLab
  ["gitlab.server.version", "18.99.0", "GLB016"],
  ["gitlab.server.version", "eighteen", "GLB005"],
  ["gitlab.server.instanceType", "m5.2xlrage", "ENV010"],
  ["gitlab.server.url", "gitlab.example.com", "", "gitlab.server.url"],
  ["gitlab.server.tls.contact", "ops", "GLB003"],
  ["gitlab.server.dataVolume.gibibytes", 0, "", "gitlab.server.dataVolume"],
  ["gitlab.server.rootPasswordParameter", "/production/gitlab/runner-token", "ENV006"],
  ["gitlab.configuration.importUrl", "git@github.com:a/b.git", "GLB011", "gitlab.configuration"],
  ["gitlab.configuration.group", "web team", "GLB012", "gitlab.configuration"],
  ["gitlab.configuration.runnerTokenParameter", "runner token", "", "gitlab.configuration"],
  ["gitlab.runner.nodeVersion", "22", "", "gitlab.runner.nodeVersion"],
  ["gitlab.runner.tier", "privat", "ENV005"],
  ["gitlab.runner.concurrent", 0, "", "gitlab.runner.concurrent"],
  ["gitlab.site", "docs", "ENV005"],
  // NHN Cloud and OpenStack
  ["nhn.region", "KR9", "NHN015"],
  ["nhn.platform.keyPair.publicKey", "ssh-ed25519 AAAA", "BOO004"],
  ["nhn.platform.workers", 0, "ENV002"],
  ["nhn.platform.serviceAddresses", "10.40.1.63-10.40.1.0", "KPS012"],
  ["nhn.platform.controlPlane.nodes", 2, "", "nhn.platform"],
  ["openstack.authUrl", "identity.example.com", "ENV009"],
  ["openstack.network.administrators", ["203.0.113.5/24"], "CID002", "openstack.network.administrators.0"],
  ["openstack.quota.vCpus", 8, "OST014", "openstack.quota.vCpus"],
];

/** Edits that a check must accept. */
const ACCEPTED: readonly (readonly [key: string, value: unknown])[] = [
  ["aws.account", "caller"],
  ["aws.providerVersion", "6.25.0"],
  ["backend", { type: "s3", bucket: "acme-terraform-state", region: "eu-west-1" }],
  ["eks.clusterName", "acme"],
  ["eks.network.cidr", "10.99.0.0/16"],
  ["eks.network.zones", ["a", "c"]],
  ["eks.network.nat", "single"],
  ["eks.nodes.instanceTypes", ["m7g.large", "m7g.xlarge"]],
  ["eks.nodes.instanceTypes", ["c6i.metal"]],
  ["eks.nodes.instanceTypes", ["t3.medium"]],
  ["eks.workloads", undefined],
  ["eks", undefined],
  ["site", undefined],
  ["gitlab", undefined],
  ["nhn", undefined],
  ["openstack", undefined],
  ["site.hosting.domain", undefined],
  ["gitlab.server.version", "19.3.1"],
  ["openstack.quota", undefined],
];

/** The recommended environment with one changed value; `undefined` removes the key. */
function edited(key: string, value: unknown, data: object = recommended): unknown {
  const copy = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  const keys = key.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((at, one) => at[one] as Record<string, unknown>, copy);
  parent[last] = value;
  return JSON.parse(JSON.stringify(copy));
}

const rowsOf = (data: unknown) => checkEnvironments({ production: data }).filter(({ isNotice }) => !isNotice);

describe("an edit of an environment", () => {
  test.each<Edit>(REJECTED)("%s = %j is rejected by %s", (key, value, rule, at = key, others = []) => {
    const rows = rowsOf(edited(key, value));
    const row = rows.find((one) => one.key === at || one.key.startsWith(`${at}.`));
    expect(row).toMatchObject({ rule: expect.stringMatching(`^${rule}`) as string });
    expect(rows.filter((one) => one !== row).map((one) => one.key)).toEqual(others);
  });

  test.each(ACCEPTED)("%s = %j is accepted", (key, value) => {
    expect(rowsOf(edited(key, value))).toEqual([]);
  });

  test("many mistakes are found in one run, also behind each other, and a misspelled key once", () => {
    const edits: readonly (readonly [string, unknown])[] = [
      ["eks.region", "ap-northeast-22"],
      ["eks.network.nat", undefined],
      ["eks.network.natt", "single"],
      ["eks.nodes.min", "3"],
      ["eks.nodes.instanceTypes", ["m7g.lrage"]],
      ["eks.cluster.logRetentionDays", 100],
      ["eks.repositories.FlaskBackend.keepImages", 0],
      ["eks.workloads.services.Frontend.name", "Frontend!"],
      ["gitlab.server.version", "18.99.0"],
      ["aws.providerVersion", "latest"],
    ];
    const data = edits.reduce<unknown>((copy, [key, value]) => edited(key, value, copy as object), recommended);
    const keys = rowsOf(data).map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith("eks.nodes."))).toEqual(["eks.nodes.min", "eks.nodes.instanceTypes.0"]);
    expect([...keys].sort()).toEqual([
      "aws.providerVersion",
      "eks.cluster.logRetentionDays",
      "eks.network.natt",
      "eks.nodes.instanceTypes.0",
      "eks.nodes.min",
      "eks.region",
      expect.stringMatching(/^eks\.repositories\.FlaskBackend/),
      "eks.workloads.services.Frontend.name",
      "gitlab.server.version",
    ]);
  });

  test.each<[keys: readonly string[], value: unknown]>([
    [["eks.network.flowLogRetentionDays", "eks.cluster.logRetentionDays"], 100],
    [["eks.cluster.logRetentionDays", "eks.addons.containerInsights.retentionDays"], 100],
    [["eks.repositories.Frontend.keepImages", "eks.repositories.NodejsBackend.keepImages"], 0],
    [[`${S}.Frontend.requests.cpuMillicores`, `${S}.FlaskBackend.requests.cpuMillicores`], -5],
    [["gitlab.server.instanceType", "gitlab.runner.instanceType"], "m5"],
  ])("%j = %j are two mistakes, each at its key", (keys, value) => {
    const data = keys.reduce<unknown>((copy, key) => edited(key, value, copy as object), recommended);
    expect(
      rowsOf(data)
        .map(({ key }) => key)
        .sort(),
    ).toEqual([...keys].sort());
  });

  test.each<[key: string, value: unknown, valid: string]>([
    ["eks.network.flowLogRetentionDays", 450, "eks.nodes.diskGibibytes"],
    ["eks.nodes.diskGibibytes", 5, "eks.nodes.max"],
    ["gitlab.server.dataVolume.gibibytes", 70_000, "gitlab.configuration.maxArtifactMegabytes"],
    [`${S}.Frontend.ingress.order`, 2_000, "eks.nodes.diskGibibytes"],
  ])("%s = %j is named, and not %s with the same value, which is valid", (key, value, valid) => {
    const rows = rowsOf(edited(valid, value, edited(key, value) as object));
    expect(rows.map((row) => row.key)).toEqual([key]);
  });

  test("the recommended environment is accepted as it is", () => {
    expect(rowsOf(recommended)).toEqual([]);
  });
});
