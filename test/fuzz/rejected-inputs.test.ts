import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import * as addons from "@groundwork/constructs/aws/eks/addons";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import * as gitlab from "@groundwork/constructs/gitlab";
import * as k8s from "@groundwork/constructs/kubernetes";
import * as os from "@groundwork/constructs/openstack";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Draw } from "./draw";
import { openstackNetwork, kubernetes, network, subnet, cluster } from "./generators/surroundings";
import { resultIn, valuesOf } from "./program";

type Create = (scope: Construct) => unknown;

/** Draws what a construct requires: always the same. */
const draw = new Draw(valuesOf({ construct: "", seed: 1 }));

const ZONE = { zoneId: "Z0123456789ABC", zoneName: "example.com" };

function inAws(scope: Construct): Construct {
  if (scope.node.tryFindChild("aws") === undefined) new AwsProvider(scope, "aws", { region: "us-west-2" });
  return scope;
}

const role = (scope: Construct) =>
  new aws.Role(inAws(scope), "Role", { trust: aws.TrustPolicy.account("111122223333") });
const object =
  (key: string, props: Partial<aws.ObjectProps> = {}): Create =>
  (scope) =>
    new aws.Bucket(inAws(scope), "Bucket").addObject(key, { content: "x", ...props });
const certificate =
  (names: readonly [string, ...string[]], zone = ZONE): Create =>
  (scope) =>
    new aws.Certificate(inAws(scope), "Certificate", { names, zone });
const site =
  (indexDocument: string): Create =>
  (scope) =>
    new aws.StaticSite(inAws(scope), "Site", { indexDocument, hosting: aws.Hosting.cloudFront() });
const countries =
  (...codes: readonly [string, ...string[]]): Create =>
  (scope) =>
    new aws.StaticSite(inAws(scope), "Site", {
      hosting: aws.Hosting.cloudFront({ audience: aws.Audience.only(...codes) }),
    });
const chart =
  (props: Partial<k8s.HelmReleaseProps>): Create =>
  (scope) => {
    kubernetes(scope);
    return new k8s.HelmRelease(scope, "Release", { name: "a", chart: "a", version: "1.0.0", namespace: "a", ...props });
  };
const service = (scope: Construct, props: Partial<k8s.WebServiceProps> = {}) => {
  kubernetes(scope);
  return new k8s.WebService(scope, "Service", {
    name: "web",
    image: "web:1",
    port: k8s.ServicePort.of({ service: 80, container: 8_080 }),
    replicas: k8s.Replicas.autoscaled({ initial: 1 }),
    health: k8s.Health.at("/health"),
    resources: k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(100) } }),
    ...props,
  });
};
const autoscaler = (target: k8s.WebService, name: string) =>
  new k8s.PodAutoscaler(target, name, { target, min: 1, max: 3, cpuPercent: 80, name });
const namespace =
  (name: string): Create =>
  (scope) => {
    kubernetes(scope);
    return new k8s.Namespace(scope, "Namespace", { name });
  };
const controller =
  (image: { repository: string; tag?: string }): Create =>
  (scope) =>
    new addons.LoadBalancerController(scope, "Controller", { cluster: cluster(inAws(scope), draw), image });
const flowLogs =
  (arn: string): Create =>
  (scope) =>
    new aws.Network(inAws(scope), "Network", {
      cidr: Cidr.parse("10.0.0.0/16"),
      zones: aws.Region.of("us-west-2").zones(1),
      flowLogs: aws.FlowLogs.toBucket(arn),
    });
const server =
  (props: Pick<gitlab.GitLabServerProps, "url" | "tls">, version = "18.11.2"): Create =>
  (scope) =>
    new gitlab.GitLabServer(scope, "Server", {
      network: network(inAws(scope), draw),
      subnet: subnet(scope, draw, "public"),
      version: gitlab.GitLabVersion.of(version),
      publicAddress: true,
      ...props,
    });
const routes =
  (...hops: readonly string[]): Create =>
  (scope) => {
    const { router } = openstackNetwork(scope);
    hops.forEach((hop, n) => router.addRoute(`route${n}`, Cidr.parse("10.9.0.0/16"), hop));
  };
const icmp =
  (peer: Peer, port: Port): Create =>
  (scope) => {
    openstackNetwork(scope);
    new os.SecurityGroup(scope, "Group", { description: "x" }).connections.allowFrom(peer, port, "ping");
  };
const fleet =
  (size: aws.FleetSize): Create =>
  (scope) =>
    new aws.Fleet(scope, "Fleet", {
      network: network(inAws(scope), draw),
      subnets: network(scope, draw).subnetsOf("private"),
      instanceTypes: ["t3.micro"],
      size,
    });

/** A list of values that contains itself. */
function cyclic(): k8s.HelmValues {
  const list: k8s.HelmValue[] = [];
  list.push(list);
  return { list };
}

/** What the result is: the id of a rule, or accepted. */
function verdict(create: Create): string {
  const result = resultIn(new TerraformStack(new App(), "p"), create);
  return result.kind === "rejected" ? result.rule : result.kind;
}

describe("inputs that a cloud rejects only at apply", () => {
  test.each<[string, Create, string]>([
    ["an object key with a leading slash, which the provider removes", object("/a.html"), "STO007"],
    ["an object key with an empty part", object("a//b.html"), "STO007"],
    ["an object key above the bucket", object("../b.html"), "STO007"],
    ["a content type of two lines", object("a.html", { contentType: "text/html\nx" }), "TXT001"],
    ["a cache control of two lines", object("a.html", { cacheControl: "no-cache\r\nx: y" }), "TXT001"],
    [
      "a condition key without a prefix",
      (scope) => role(scope).addToPolicy(statementIf({ StringEquals: { team: "web" } })),
      "IAM015",
    ],
    ["an empty condition key", (scope) => role(scope).addToPolicy(statementIf({ Bool: { "": "true" } })), "IAM015"],
    ["a hundred and one names of a certificate", certificate(names(101)), "SIT006"],
    ["a zone by its name", certificate(["example.com"], { ...ZONE, zoneId: "example.com" }), "SIT009"],
    ["a zone by its path", certificate(["example.com"], { ...ZONE, zoneId: "/hostedzone/Z0123456789ABC" }), "SIT009"],
    ["an index document with a space", site("in dex.html"), "SIT005"],
    ["an index document that is not ASCII", site("größe.html"), "SIT005"],
    ["a country that does not exist", countries("ZZ"), "SIT003"],
    ["a country by a common, wrong code", countries("UK"), "SIT003"],
    ["a prefix of flow logs that the service appends", flowLogs("arn:aws:s3:::logs/AWSLogs/"), "NET019"],
    ["values of a chart that contain themselves", chart({ values: cyclic() }), "KUB003"],
    ["credentials in the address of a chart", chart({ repository: "https://u:p@charts.example.com" }), "KUB020"],
    ["a null character in a variable", (scope) => service(scope, { environment: { A: "a\0b" } }), "KUB027"],
    [
      "two autoscalers of a service",
      (scope) => {
        const target = service(scope);
        autoscaler(target, "one");
        autoscaler(target, "two");
      },
      "KUB031",
    ],
    ["a namespace that every cluster has", namespace("kube-system"), "KUB030"],
    ["the default namespace", namespace("default"), "KUB030"],
    [
      "an image of a controller in capital letters",
      controller({ repository: "registry.example.com/UPPER", tag: "v1" }),
      "KUB023",
    ],
    ["an empty tag of a controller", controller({ repository: "registry.example.com/x", tag: "" }), "KUB023"],
    [
      "a tag of the autoscaler with a second line",
      (scope) => {
        const existing = cluster(inAws(scope), draw);
        const imageTag = `${existing.version.autoscalerImage}\n- x`;
        return new addons.ClusterAutoscaler(scope, "Autoscaler", { cluster: existing, imageTag });
      },
      "ADD007",
    ],
    ["a host name with an empty label", server({ tls: gitlab.Tls.none(), url: "http://gitlab..com" }), "GLB002"],
    ["a host name that is a hyphen", server({ tls: gitlab.Tls.none(), url: "http://-" }), "GLB002"],
    ["a version with a leading zero", server({ tls: gitlab.Tls.none() }, "018.11.2"), "GLB005"],
    [
      "a contact that is no e-mail address",
      (scope) =>
        server({ tls: gitlab.Tls.letsEncrypt({ contact: "ops@x" }), url: "https://gitlab.example.org" })(scope),
      "GLB003",
    ],
    ["ICMPv6 from a block of IPv4", icmp(Peer.ipv4("10.0.0.0/8"), Port.ALL_ICMPV6), "OST031"],
    ["a route twice", routes("172.31.0.9", "172.31.0.9"), "OST005"],
    [
      "a role without its account as a principal",
      (scope) => new aws.Role(inAws(scope), "Role", { trust: aws.TrustPolicy.arn("arn:aws:iam:::role/deploy") }),
      "IAM014",
    ],
  ])("%s is rejected", (_, create, rule) => {
    expect(verdict(create)).toBe(rule);
  });
});

describe("inputs that look unusual, and are valid", () => {
  test.each<[string, Create]>([
    ["an object key with dots", object("a..b/.well-known/x.html")],
    [
      "a condition about a tag with a space",
      (scope) => role(scope).addToPolicy(statementIf({ Bool: { "aws:PrincipalTag/my team": "true" } })),
    ],
    ["a hundred names of a certificate", certificate(names(100))],
    ["an index document with a tilde", site("~index_1.html")],
    ["two routes to one block by different hops", routes("172.31.0.9", "172.31.0.10")],
    ["ICMPv6 from a block of IPv6", icmp(Peer.ipv6("2001:db8::/32"), Port.ALL_ICMPV6)],
    ["a fleet of no machines", fleet(aws.FleetSize.fixed(0))],
    ["values of a chart with one list twice", chart({ values: twice([1, 2]) })],
    ["a chart in a registry with a port", chart({ repository: "oci://registry.example.com:5000/charts" })],
    ["an image of a controller in a registry with a port", controller({ repository: "localhost:5000/x", tag: "v1" })],
    ["countries", countries("KR", "GB", "XK")],
  ])("%s is accepted", (_, create) => {
    expect(verdict(create)).toBe("accepted");
  });
});

function statementIf(conditions: aws.Conditions): aws.Statement {
  return aws.Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"], conditions });
}

function names(count: number): readonly [string, ...string[]] {
  return ["example.com", ...Array.from({ length: count - 1 }, (_, n) => `a${n}.example.com`)];
}

function twice(list: readonly number[]): k8s.HelmValues {
  return { one: list, other: list };
}
