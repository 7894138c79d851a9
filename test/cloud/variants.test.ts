import { join } from "node:path";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { GatewayEndpoint, InterfaceEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { FlowLogs } from "@groundwork/constructs/aws/network/flow-logs";
import { Nat } from "@groundwork/constructs/aws/network/nat/nat";
import { Network } from "@groundwork/constructs/aws/network/network";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Domain, SiteCertificate } from "@groundwork/constructs/aws/site/domain";
import { Fallback } from "@groundwork/constructs/aws/site/distribution/fallback";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import { Bucket } from "@groundwork/constructs/aws/storage/bucket";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Slot } from "@groundwork/constructs/core/slot";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { createBackend } from "@groundwork/stacks/backend";
import { environments } from "../support/environments/index";
import { createAwsProvider } from "@groundwork/stacks/providers/aws";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { App, TerraformStack } from "cdktf";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied, expectDestroyed } from "./support/round-trip";

const oregon = Region.of("us-west-2");

/** Network features that the lab does not use. */
function networks(stack: TerraformStack): void {
  const pods = Cidr.parse("100.64.0.0/16");
  const key = new EncryptionKey(stack, "Key");
  const wide = new Network(stack, "Wide", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: oregon.zones("a", "b"),
    secondaryCidrs: [pods],
    tiers: [
      Tier.public({ acl: NetworkAclRules.web().allowInbound(300, Peer.ipv4("203.0.113.0/24"), Port.SSH) }),
      Tier.private(),
      Tier.private({ name: "pods", block: pods, slot: Slot.quarter(2) }),
      Tier.isolated({ name: "data", mask: 24 }),
    ],
    nat: Nat.single(),
    ipv6: true,
    dhcpOptions: { domainName: "corp.example.com", ntpServers: ["169.254.169.123"] },
    flowLogs: FlowLogs.toCloudWatch({ encryptionKey: key }),
    gatewayEndpoints: [GatewayEndpoint.S3, GatewayEndpoint.DYNAMODB],
  });
  wide.addInterfaceEndpoint(InterfaceEndpoint.SSM, "private");
  const records = new Bucket(stack, "Records", { forceDestroy: true });
  const small = new Network(stack, "Small", {
    cidr: Cidr.parse("10.30.0.0/20"),
    zones: oregon.zones("c"),
    nat: Nat.instance(),
    flowLogs: FlowLogs.toBucket(records.bucketArn),
  });
  const web = new SecurityGroup(stack, "Web", { network: small, description: "web servers" });
  const database = new SecurityGroup(stack, "Database", { network: small, description: "databases" });
  web.connections.allowFrom(Peer.anyIpv4(), Port.HTTPS, "HTTPS from everywhere");
  database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
  web.connections.allowWithin(Port.ALL_ICMP, "members may ping each other");
}

/** A private site with all options. */
function sites(stack: TerraformStack): void {
  const [environment] = environments.filter(({ name }) => name === "local");
  if (environment === undefined) throw new Error("no local environment");
  const virginia = createAwsProvider(stack, environment, Region.of("us-east-1"), "virginia");
  const zone = new Route53Zone(stack, "Zone", { name: "example.com" });
  const shop = new StaticSite(stack, "Shop", {
    hosting: Hosting.cloudFront({
      encryptionKey: new EncryptionKey(stack, "Key"),
      fallback: Fallback.toIndex(),
      domain: Domain.of("shop.example.com", {
        zone: { zoneId: zone.zoneId, zoneName: "example.com" },
        certificate: SiteCertificate.issuedBy(virginia),
        aliases: ["www.example.com"],
      }),
      waitForDeployment: false,
    }),
    forceDestroy: true,
  });
  const runner = new Role(stack, "Runner", { trust: TrustPolicy.service("ec2.amazonaws.com") });
  shop.grants.deploy(runner);
  new InstanceProfile(stack, "RunnerProfile", { role: runner });
}

describe("features that the lab does not use", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
  });

  afterAll(() => cloud.stop());

  test.each([
    ["variants-network", networks],
    ["variants-site", sites],
  ] as const)("%s is applied, has no changes in a second plan, and leaves nothing when destroyed", async (id, make) => {
    const stack = synthesize(cloud.directory, id, make);
    await expectApplied(cloud, stack);
    await expectDestroyed(cloud, stack);
    expect(await leftovers(cloud.endpoint, oregon.name)).toEqual([]);
  });
});

function synthesize(directory: string, id: string, make: (stack: TerraformStack) => void): SynthesizedStack {
  const [environment] = environments.filter(({ name }) => name === "local");
  if (environment === undefined) throw new Error("no local environment");
  const outdir = join(directory, `${id}.out`);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, id);
  createBackend(stack, environment);
  createAwsProvider(stack, environment, oregon);
  make(stack);
  app.synth();
  return new SynthesizedStack(id, join(outdir, "stacks", id));
}
