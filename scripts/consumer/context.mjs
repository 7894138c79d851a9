// @ts-check
// Objects that the construct pages refer to without creating them, and the code that creates them. An entry may use earlier ones.

/** Packages that the code below uses, under names that no example declares. */
export const CONTEXT_IMPORTS = [
  `import * as $boot from "@groundwork/constructs/boot";`,
  `import * as $aws from "@groundwork/constructs/aws";`,
  `import * as $core from "@groundwork/constructs/core";`,
  `import * as $gitlab from "@groundwork/constructs/gitlab";`,
  `import * as $kubernetes from "@groundwork/constructs/kubernetes";`,
  `import * as $nhn from "@groundwork/constructs/nhn";`,
  `import * as $openstack from "@groundwork/constructs/openstack";`,
  `import * as $kpaas from "@groundwork/constructs/kpaas";`,
];

const role = (/** @type {string} */ id) =>
  `new $aws.Role(this, "Context${id}", { trust: $aws.TrustPolicy.service("ec2.amazonaws.com") })`;
const service = (/** @type {string} */ name) =>
  `new $kubernetes.WebService(this, "Context${name}", {
    name: "context-${name}", image: "registry.example.com/${name}:1.0.0", port: $kubernetes.ServicePort.of({ service: 80, container: 8080 }),
    replicas: $kubernetes.Replicas.fixed(3), health: $kubernetes.Health.at("/healthz"),
    resources: $kubernetes.Resources.of({
      requests: { cpu: $kubernetes.Cpu.millicores(100), memory: $core.Size.mebibytes(128) }, limits: { memory: $core.Size.mebibytes(128) },
    }),
  })`;
const openstackSubnet = (/** @type {string} */ id, /** @type {string} */ cidr, settings = "") =>
  `new $openstack.Subnet(this, "Context${id}", { network: openstackNetwork, cidr: $core.Cidr.parse("${cidr}")${settings} })`;
const connected = (/** @type {string} */ subnet) =>
  `(() => {
    const created = ${subnet};
    new $openstack.Router(this, "ContextConnection", { external: internet, subnets: [created] });
    return created;
  })()`;
const PUBLIC_SUBNET = openstackSubnet("Public", "172.31.16.0/20", ", floatingIps: true");
const instance = (/** @type {string} */ id) =>
  `new $openstack.Instance(this, "Context${id}", { flavor, image, keyPair, nics: [$openstack.Nic.in(publicSubnet)] })`;

/** @type {Readonly<Record<string, string>>} */
const SHARED = {
  writeFileSync: "(path: string, text: string): void => void [path, text]",
  // Only the types and the calls are checked: the result depends on objects that the page does not show.
  expect: "(value: unknown) => ({ toBe: (other: unknown): void => void [value, other] })",
};

/** @type {Readonly<Record<string, string>>} */
const AWS = {
  ...SHARED,
  stack: "this as $TerraformStack",
  virginia: `new $AwsProvider(this, "virginia", { alias: "virginia", region: "us-east-1" })`,
  zone: `{ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" }`,
  platformRoleArn: `"arn:aws:iam::111122223333:role/platform"`,
  network: `new $aws.Network(this, "ContextNetwork", {
    cidr: $core.Cidr.parse("10.99.0.0/16"), zones: $aws.Region.of("ap-northeast-2").zones(3), eksClusters: ["context"],
  })`,
  subnet: `network.subnetsOf("public")[0]!`,
  cluster: `(() => {
    const created = new $aws.EksCluster(this, "ContextCluster", { network, clusterName: "context", version: $aws.KubernetesVersion.V1_35 });
    created.addNodeGroup("Context", { instanceTypes: ["m7g.large"], scaling: $aws.Scaling.between(2, 4) });
    return created;
  })()`,
  role: role("Role"),
  builder: role("Builder"),
  pipelineRole: role("PipelineRole"),
  runnerRole: role("RunnerRole"),
  bucket: `new $aws.Bucket(this, "ContextBucket")`,
  artifacts: `new $aws.Bucket(this, "ContextArtifacts")`,
  clients: `$core.Peer.ipv4("10.0.0.0/8")`,
  boot: `$boot.CloudInit.ubuntu()`,
  web: `new $aws.TargetGroup(this, "ContextWeb", { network, port: 8080 })`,
  api: `new $aws.TargetGroup(this, "ContextApi", { network, port: 8081 })`,
  balancer: `new $aws.ApplicationLoadBalancer(this, "ContextBalancer", { network })`,
  machine: `new $aws.Instance(this, "ContextMachine", { network, subnet, instanceType: "t4g.small", image: $aws.Image.ubuntu("24.04"), boot })`,
  site: `new $aws.StaticSite(this, "ContextSite")`,
  certificate: `new $aws.Certificate(this, "ContextCertificate", { names: ["shop.example.com"], zone })`,
  server: `new $gitlab.GitLabServer(this, "ContextServer", {
    network, subnet, version: $gitlab.GitLabVersion.of("18.11.2"), tls: $gitlab.Tls.letsEncrypt({ contact: "operations@example.com" }),
    url: "https://context.example.com", publicAddress: true, configuration: $gitlab.GitLabConfiguration.of({
      group: "web", project: "site", importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git", runnerTokenParameter: "/context/runner-token",
    }),
  })`,
  bastion: `network.subnetsOf("public")[1]!`,
  flask: service("flask"),
  express: service("express"),
  frontend: service("frontend"),
};

/** @type {Readonly<Record<string, string>>} */
const OPENSTACK = {
  ...SHARED,
  openstackNetwork: `new $openstack.Network(this, "ContextNetwork", { cidr: $core.Cidr.parse("172.31.0.0/16") })`,
  network: "openstackNetwork",
  internet: `new $openstack.ExternalNetwork(this, "ContextInternet")`,
  // A floating IP requires a router between the subnet and the external network.
  publicSubnet: connected(PUBLIC_SUBNET),
  privateSubnet: openstackSubnet("Private", "172.31.0.0/20"),
  router: `new $openstack.Router(this, "ContextRouter", { external: internet, subnets: [privateSubnet] })`,
  flavor: `new $openstack.Flavor(this, "ContextFlavor", { name: "m1.medium" })`,
  small: `new $openstack.Flavor(this, "ContextSmall", { name: "m1.small" })`,
  image: `new $openstack.Image(this, "ContextImage", { name: $openstack.ImageName.newest("ubuntu-22.04") })`,
  keyPair: `$openstack.KeyPair.fromName(this, "ContextKeyPair", "operators")`,
  web: `new $openstack.SecurityGroup(this, "ContextWeb", { description: "web" })`,
  address: `new $openstack.FloatingIp(this, "ContextAddress", { external: internet })`,
  controlPlane: `[${instance("ControlPlane")}]`,
  workers: `[${instance("Worker")}]`,
  database: instance("Database"),
};

/** @type {Readonly<Record<string, string>>} */
const NHN = {
  ...SHARED,
  api: `{
    region: $nhn.Region.KR1, url: $nhn.Region.KR1.networkUrl, token: new $nhn.ApiToken(this).stringValue,
    rereading: new $RestapiProvider(this, "rereading", { alias: "rereading", uri: $nhn.Region.KR1.networkUrl }),
  }`,
  vpc: `new $nhn.Vpc(this, "ContextVpc", { api, cidr: $core.Cidr.parse("172.31.0.0/16") })`,
  internetGateway: `new $nhn.InternetGateway(this, "ContextInternetGateway")`,
  publicTable: `new $nhn.RoutingTable(this, "ContextPublicTable", { vpc, internetGateway })`,
  privateTable: `new $nhn.RoutingTable(this, "ContextPrivateTable", { vpc })`,
  publicSubnet: `new $nhn.Subnet(this, "ContextPublic", {
    cidr: $core.Cidr.parse("172.31.16.0/20"), routingTable: publicTable, access: $nhn.Access.PUBLIC,
  })`,
  natGateway: `new $nhn.NatGateway(this, "ContextNatGateway", { subnet: publicSubnet })`,
};

/** @type {Readonly<Record<string, string>>} */
const KPAAS = {
  ...SHARED,
  internet: `new $openstack.ExternalNetwork(this, "ContextInternet")`,
  openstackNetwork: `new $openstack.Network(this, "ContextNetwork", { cidr: $core.Cidr.parse("192.168.0.0/16") })`,
  subnet: openstackSubnet(
    "Subnet",
    "192.168.7.0/24",
    `, floatingIps: true, automaticAddresses: $core.Cidr.parse("192.168.7.192/26")`,
  ),
  image: `new $openstack.Image(this, "ContextImage", { name: $openstack.ImageName.newest("ubuntu-22.04") })`,
  keyPair: `$openstack.KeyPair.fromName(this, "ContextKeyPair", "operators")`,
  bastion: `new $openstack.SecurityGroup(this, "ContextBastion", { description: "bastion" })`,
  apiAddress: `new $openstack.FloatingIp(this, "ContextApiAddress", { external: internet })`,
  ingressAddress: `new $openstack.FloatingIp(this, "ContextIngressAddress", { external: internet })`,
  plan: `(() => {
    const machine = (name: string, host: number) => ({ name, fixedAddress: subnet.cidr.address(host), flavor: "m1.large", image: "ubuntu-22.04" });
    return new $kpaas.ClusterPlan({
      subnet, controlPlane: $kpaas.ControlPlane.single(machine("lab-cluster1", 10), { publicAddress: apiAddress.floatingIpAddress }),
      workers: [$kpaas.NodePool.of("worker", [machine("worker1", 20), machine("worker2", 21), machine("worker3", 22)])],
      storage: $kpaas.KPaasStorage.nfs({ server: machine("files", 19) }),
      exposure: $kpaas.Exposure.extraNic({
        serviceAddresses: $kpaas.AddressRange.parse("192.168.7.150-192.168.7.160"), address: "192.168.7.11",
        floatingAddress: ingressAddress.floatingIpAddress,
      }),
    });
  })()`,
};

/**
 * Charts are installed by a later stack than the one that creates the cluster, so these pages import it.
 *
 * @type {Readonly<Record<string, string>>}
 */
const IMPORTED_CLUSTER = {
  cluster: `$aws.EksCluster.fromName(this, "ContextCluster", {
    clusterName: "context", version: $aws.KubernetesVersion.V1_35, region: $aws.Region.of("ap-northeast-2"),
  })`,
};

const RESOURCES = `$kubernetes.Resources.of({ requests: { cpu: $kubernetes.Cpu.millicores(100), memory: $core.Size.mebibytes(128) } })`;
/** @param {string} name */
const serviceProps = (name) =>
  `{
    name: "${name}", image: "registry.example.com/${name}:1.4.0", port: $kubernetes.ServicePort.of({ service: 80, container: 8080 }),
    replicas: $kubernetes.Replicas.fixed(3), health: $kubernetes.Health.at("/healthz"),
    resources: ${RESOURCES},
  }`;

/**
 * Pods: the pages show the properties of a service that their construct adds.
 *
 * @type {Readonly<Record<string, string>>}
 */
const PODS = {
  resources: RESOURCES,
  storageClass: `$kubernetes.StorageClass.fromName({ name: "files", volumes: $kubernetes.VolumeType.nfs() })`,
  reports: `new $kubernetes.Claim(this, "ContextReports", { name: "reports", storageClass, size: $core.Size.gibibytes(1) })`,
  settings: `new $kubernetes.Settings(this, "ContextSettings", { name: "context", values: { LOG_LEVEL: "info" } })`,
  secrets: `new $kubernetes.Secrets(this, "ContextSecrets", {
    name: "context", source: $kubernetes.SecretSource.parameterStore({ values: { DB_PASSWORD: "/shop/db-password" } }),
  })`,
  api: serviceProps("api"),
  web: serviceProps("web"),
};

/**
 * Objects of single pages, in place of those of their directory.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
export const PAGE_CONTEXTS = {
  // The page connects its subnets to the external network itself.
  "openstack/router.md": { publicSubnet: PUBLIC_SUBNET },
  "kpaas/kpaas-cluster.md": { subnet: connected(KPAAS["subnet"] ?? "") },
  "claim.md": PODS,
  "cron-job.md": PODS,
  "job.md": PODS,
  "project.md": PODS,
  "secrets.md": PODS,
  "service-account.md": { ...PODS, ...IMPORTED_CLUSTER },
  "settings.md": PODS,
  "hosted-zone.md": {
    internalBalancer: `new $aws.ApplicationLoadBalancer(this, "ContextInternalBalancer", { network })`,
  },
  "storage-class.md": IMPORTED_CLUSTER,
  "cert-manager.md": IMPORTED_CLUSTER,
  "cluster-autoscaler.md": IMPORTED_CLUSTER,
  "metrics-server.md": IMPORTED_CLUSTER,
};

/** Objects by the directory of the page below `docs/constructs`. */
export const CONTEXTS = { aws: AWS, openstack: OPENSTACK, nhn: NHN, kpaas: KPAAS };
