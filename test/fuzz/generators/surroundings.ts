import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import * as nhn from "@groundwork/constructs/nhn";
import * as openstack from "@groundwork/constructs/openstack";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { RestapiProvider } from "@groundwork/provider-restapi/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Draw } from "../draw";

// What a construct requires: providers, networks and clusters. Existing ones, so that a program has few resources of its own.

/** Regions of all partitions with uniform zones, and a region that only some services offer. */
const REGIONS = ["us-west-2", "ap-northeast-2", "eu-west-1", "cn-north-1", "cn-northwest-1", "us-gov-west-1"] as const;

/** A child that the stack has once. */
export function shared<T>(scope: Construct, id: string, create: (stack: TerraformStack, id: string) => T): T {
  const stack = TerraformStack.of(scope);
  return (stack.node.tryFindChild(id) as T | undefined) ?? create(stack, id);
}

/** A free id of a child. */
export function fresh(scope: Construct, id: string): string {
  let number = 1;
  while (scope.node.tryFindChild(`${id}${number}`) !== undefined) number += 1;
  return `${id}${number}`;
}

/** The AWS provider of the stack, in a drawn region. */
export function region(scope: Construct, draw: Draw): aws.Region {
  const provider = shared(
    scope,
    "aws",
    (stack, id) =>
      new AwsProvider(stack, id, {
        region: draw.among(...REGIONS),
        ...draw.some({ defaultTags: () => [{ tags: draw.tags() }], allowedAccountIds: () => ["111122223333"] }),
      }),
  );
  return aws.Region.of(provider.regionInput ?? "");
}

/** An existing network with a subnet of each tier in two zones. */
export function network(scope: Construct, draw: Draw): aws.INetwork {
  const zones = region(scope, draw).zones(2);
  return shared(scope, "ExistingNetwork", (stack, id) => {
    const subnets = ["public", "private", "data"].flatMap((tier, n) =>
      zones.letters.map((zone, index) => ({
        subnetId: `subnet-0000000000000000${n}${index}`.slice(0, 24),
        tier,
        zone,
        cidr: `10.0.${16 * n + index}.0/24`,
        routeTableId: "rtb-00000000000000001",
      })),
    );
    return aws.Network.fromAttributes(stack, id, {
      networkId: "vpc-00000000000000001",
      cidr: "10.0.0.0/16",
      zones,
      subnets,
    });
  });
}

export function subnet(scope: Construct, draw: Draw, tier = "private"): aws.ISubnet {
  const found = network(scope, draw).subnetsOf(tier)[0];
  if (found === undefined) throw new Error("a network without subnets");
  return found;
}

export function securityGroup(scope: Construct, draw: Draw): aws.SecurityGroup {
  return new aws.SecurityGroup(scope, fresh(scope, "Group"), {
    network: network(scope, draw),
    description: draw.text(/^[a-z ]{1,20}$/),
  });
}

/** An existing cluster, and the providers of objects in it. */
export function cluster(scope: Construct, draw: Draw): aws.IEksCluster {
  kubernetes(scope);
  const own = region(scope, draw);
  return shared(scope, "ExistingCluster", (stack, id) =>
    aws.EksCluster.fromName(stack, id, {
      clusterName: "demo",
      version: draw.among(aws.KubernetesVersion.V1_34, aws.KubernetesVersion.V1_35),
      region: own,
    }),
  );
}

export function kubernetes(scope: Construct): void {
  shared(scope, "kubernetes", (stack, id) => new KubernetesProvider(stack, id));
  shared(scope, "helm", (stack, id) => new HelmProvider(stack, id));
}

export function key(scope: Construct, draw: Draw): aws.IEncryptionKey {
  const { name, partition } = region(scope, draw);
  return draw.one(
    () => new aws.EncryptionKey(scope, fresh(scope, "OwnKey")),
    () =>
      aws.EncryptionKey.fromArn(
        scope,
        fresh(scope, "GivenKey"),
        `arn:${partition}:kms:${name}:111122223333:key/00000000-0000-4000-8000-000000000000`,
      ),
    () => aws.EncryptionKey.fromAlias(scope, fresh(scope, "AliasKey"), draw.text(/^[a-z][a-z/-]{0,9}$/)),
  );
}

export function trust(scope: Construct, draw: Draw): aws.TrustPolicy {
  const { partition } = region(scope, draw);
  return draw.one(
    () => aws.TrustPolicy.service(draw.text("ec2.amazonaws.com", "lambda.amazonaws.com", "ec2")),
    () => aws.TrustPolicy.account(draw.text("111122223333", "12")),
    () => aws.TrustPolicy.podIdentity(),
    () => aws.TrustPolicy.arn(draw.text(`arn:${partition}:iam::111122223333:role/x`, "arn:awsx:iam::1:role/x")),
    () =>
      aws.TrustPolicy.webIdentity({
        providerArn: draw.text(`arn:${partition}:iam::111122223333:oidc-provider/git.example.com`),
        issuer: draw.text("git.example.com", "token.actions.githubusercontent.com"),
        subjects: [draw.text("project_path:lab/site:ref_type:branch:ref:main", "repo:a/b:*", "repo:*/*:*", "*")],
      }),
  );
}

export function statement(scope: Construct, draw: Draw): aws.Statement {
  const { partition } = region(scope, draw);
  return aws.Statement.allow({
    actions: [draw.text("s3:GetObject", "S3:getobject", "ec2:*", "kms:Decrypt")],
    resources: [
      draw.text(
        `arn:${partition}:s3:::b/*`,
        "*",
        "foo",
        `arn:${partition}:s3:::b/\${aws:PrincipalTag/team, 'x'}`,
        `arn:${partition}:s3:::%{x}`,
      ),
    ],
    ...draw.some({
      sid: () => draw.text(/^[A-Za-z0-9]{1,9}$/),
      conditions: () => ({ StringLike: { "aws:PrincipalTag/team": draw.prose() } }),
    }),
  });
}

export function managedPolicy(scope: Construct, draw: Draw): aws.ManagedPolicy {
  const { partition } = region(scope, draw);
  return draw.one(
    () =>
      aws.ManagedPolicy.ofAws(
        draw.among("AmazonSSMManagedInstanceCore", "PowerUserAccess", draw.text("job-function/Billing")),
      ),
    () =>
      aws.ManagedPolicy.fromArn(
        draw.text(`arn:${partition}:iam::111122223333:policy/a`, `arn:${partition}:iam::111122223333:policy/x/a`),
      ),
  );
}

/** The OpenStack provider, an external network, and a network with a public and a private subnet. */
export function openstackNetwork(scope: Construct) {
  shared(scope, "openstack", (stack, id) => new OpenstackProvider(stack, id, { authUrl: "http://127.0.0.1:9/v3" }));
  const external = shared(scope, "Internet", (stack, id) => new openstack.ExternalNetwork(stack, id));
  const net = shared(
    scope,
    "OwnNetwork",
    (stack, id) => new openstack.Network(stack, id, { cidr: Cidr.parse("172.31.0.0/16") }),
  );
  const publicSubnet = shared(
    scope,
    "OwnPublic",
    (stack, id) =>
      new openstack.Subnet(stack, id, { network: net, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true }),
  );
  const privateSubnet = shared(
    scope,
    "OwnPrivate",
    (stack, id) => new openstack.Subnet(stack, id, { network: net, cidr: Cidr.parse("172.31.0.0/20") }),
  );
  const router = shared(
    scope,
    "OwnRouter",
    (stack, id) => new openstack.Router(stack, id, { external, subnets: [publicSubnet, privateSubnet] }),
  );
  return { external, network: net, publicSubnet, privateSubnet, router };
}

/** What every machine requires. */
export function openstackMachine(scope: Construct) {
  return {
    ...openstackNetwork(scope),
    flavor: shared(scope, "OwnFlavor", (stack, id) => new openstack.Flavor(stack, id, { name: "m1.medium" })),
    image: shared(
      scope,
      "OwnImage",
      (stack, id) => new openstack.Image(stack, id, { name: openstack.ImageName.newest("Ubuntu Server 22.04") }),
    ),
    keyPair: openstack.KeyPair.fromName(scope, fresh(scope, "GivenKeyPair"), "ops"),
  };
}

/** The providers of NHN Cloud and its network API. */
export function nhnApi(scope: Construct, draw: Draw): nhn.NetworkApi {
  const own = draw.rarely(
    () => draw.among(nhn.Region.KR1, nhn.Region.KR2),
    () => draw.among(nhn.Region.KR3, nhn.Region.JP1),
  );
  const uri = "http://127.0.0.1:9";
  shared(scope, "openstack", (stack, id) => new OpenstackProvider(stack, id, { authUrl: "http://127.0.0.1:9/v2.0" }));
  shared(scope, "restapi", (stack, id) => new RestapiProvider(stack, id, { uri, createReturnsObject: true }));
  const rereading = shared(
    scope,
    "rereading",
    (stack, id) => new RestapiProvider(stack, id, { alias: "rereading", uri }),
  );
  const token = shared(scope, "NhnToken", (stack) => new nhn.ApiToken(stack)).stringValue;
  return { region: own, url: own.networkUrl, token, rereading };
}

/** A VPC with a public and a private routing table. */
export function vpc(scope: Construct, draw: Draw) {
  const api = nhnApi(scope, draw);
  const own = shared(
    scope,
    "OwnVpc",
    (stack, id) => new nhn.Vpc(stack, id, { api, cidr: Cidr.parse("172.31.0.0/16") }),
  );
  const internetGateway = shared(scope, "OwnGateway", (stack, id) => new nhn.InternetGateway(stack, id));
  const publicTable = shared(
    scope,
    "OwnPublicTable",
    (stack, id) => new nhn.RoutingTable(stack, id, { vpc: own, internetGateway }),
  );
  const privateTable = shared(scope, "OwnTable", (stack, id) => new nhn.RoutingTable(stack, id, { vpc: own }));
  return { api, vpc: own, internetGateway, publicTable, privateTable };
}
