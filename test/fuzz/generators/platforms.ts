import { VolumeMount } from "@groundwork/constructs/kubernetes/storage/volume-mount";
import * as aws from "@groundwork/constructs/aws";
import * as gitlab from "@groundwork/constructs/gitlab";
import * as kpaas from "@groundwork/constructs/kpaas";
import * as os from "@groundwork/constructs/openstack";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Cidr } from "@groundwork/constructs/core/cidr";
import type { Construct } from "constructs";
import { lab } from "../../support/kpaas";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { LAB } from "./openstack";
import { fresh, key, kubernetes, network, openstackMachine, subnet } from "./surroundings";

const parameter = (draw: Draw) => draw.text(/^\/[a-z]{2,9}\/[a-z]{2,9}$/);

function configuration(draw: Draw): gitlab.GitLabConfiguration {
  return gitlab.GitLabConfiguration.of({
    group: draw.text("lab"),
    project: draw.text("site"),
    importUrl: draw.text("https://git.example.com/site.git"),
    runnerTokenParameter: parameter(draw),
    ...draw.some({
      visibility: () => draw.among("private" as const, "internal" as const, "public" as const),
      maxArtifactSize: () => draw.gibibytes(1, 4),
      runner: () => draw.text("runner"),
      variables: () =>
        draw.map(
          () => draw.text("NAME"),
          () => draw.prose(),
        ),
    }),
  });
}

/** Encrypted access and the URL that belongs to it. */
function tls(draw: Draw): Pick<gitlab.GitLabServerProps, "tls" | "url" | "publicAddress"> {
  const url = (scheme: string) => draw.text(`${scheme}://gitlab.example.com`, `${scheme}://git.test`, "https://x");
  return draw.one(
    () =>
      draw.rarely(
        () => ({ tls: gitlab.Tls.none(), url: url("http") }),
        () => ({ tls: gitlab.Tls.none() }),
      ),
    () => ({ tls: gitlab.Tls.none(), publicAddress: true }),
    () => ({
      tls: gitlab.Tls.letsEncrypt({ contact: draw.text("ops@example.com") }),
      url: draw.text("https://gitlab.example.org", "https://gitlab.example.com"),
      publicAddress: draw.rarely(
        () => true,
        () => false,
      ),
    }),
    () => ({
      tls: gitlab.Tls.ownCertificate({ certificate: parameter(draw), key: parameter(draw) }),
      url: url("https"),
      ...draw.some({ publicAddress: () => draw.flag() }),
    }),
  );
}

function server(scope: Construct, draw: Draw, id: string): gitlab.GitLabServer {
  return new gitlab.GitLabServer(scope, id, {
    network: network(scope, draw),
    subnet: subnet(
      scope,
      draw,
      draw.rarely(
        () => "public",
        () => "private",
      ),
    ),
    version: gitlab.GitLabVersion.of(draw.text("18.11.2", "18.10.1")),
    ...tls(draw),
    ...draw.some({
      instanceType: () => draw.text("m7i.2xlarge", "t3.small"),
      sizing: () =>
        draw.one(
          () => gitlab.GitLabSizing.baseline(),
          () => gitlab.GitLabSizing.constrained(),
        ),
      webClients: () => draw.list(() => draw.office(), 1),
      webPorts: () => draw.distinct(() => draw.port(), 2, 1),
      sshClients: () => draw.list(() => draw.office(), 1),
      dataVolume: () =>
        draw.one(
          () => gitlab.DataVolume.kept(draw.some({ size: () => draw.gibibytes(10, 200) })),
          () => gitlab.DataVolume.disposable(draw.some({ snapshotId: () => draw.text("snap-00000000000000001") })),
        ),
      backups: () =>
        draw.one(
          () => gitlab.Backups.none(),
          () =>
            gitlab.Backups.nightly(
              draw.some({ retention: () => draw.days(1, 60), calendar: () => draw.text("daily", "nonsense") }),
            ),
        ),
      rootPassword: () =>
        draw.one(
          () => gitlab.RootPassword.inFile(),
          () => gitlab.RootPassword.inParameter(parameter(draw)),
        ),
      configuration: () => configuration(draw),
      runner: () =>
        gitlab.SameMachineRunner.of(
          draw.some({ concurrent: () => draw.number(1, 8), tokenParameter: () => parameter(draw) }),
        ),
      settings: () => ({ "gitlab_rails['time_zone']": draw.text("UTC") }),
      upgradesFrom: () => gitlab.GitLabVersion.of(draw.text("18.10.1", "18.11.0", "18.8.0")),
      encryptionKey: () => key(scope, draw),
      image: () => draw.text("ami-00000000000000001"),
    }),
  });
}

/** A subnet of the lab on OpenStack with the plan of its cluster. */
function labCluster(scope: Construct, draw: Draw) {
  const { external, image, keyPair } = openstackMachine(scope);
  const own = new os.Network(scope, fresh(scope, "LabNetwork"), { cidr: Cidr.parse("192.168.0.0/16") });
  const labSubnet = new os.Subnet(scope, fresh(scope, "LabSubnet"), {
    network: own,
    cidr: LAB,
    floatingIps: true,
    automaticAddresses: Cidr.parse("192.168.7.192/26"),
  });
  new os.Router(scope, fresh(scope, "LabRouter"), { external, subnets: [labSubnet] });
  const address = () => new os.FloatingIp(scope, fresh(scope, "LabAddress"), { external });
  const [api, ingress] = [address(), address()];
  const plan = lab({
    cloud: os.OPENSTACK,
    controlPlane: kpaas.ControlPlane.single(
      {
        name: draw.text("lab-cluster1"),
        fixedAddress: draw.text("192.168.7.10"),
        flavor: "m1.large",
        image: "Ubuntu Server 22.04",
      },
      { publicAddress: api.floatingIpAddress },
    ),
    exposure: kpaas.Exposure.extraNic({
      serviceAddresses: kpaas.AddressRange.parse(draw.text("192.168.7.150-192.168.7.160")),
      address: "192.168.7.11",
      floatingAddress: ingress.floatingIpAddress,
    }),
  });
  return { plan, subnet: labSubnet, image, keyPair, floatingIp: api, ingress: { floatingIp: ingress } };
}

export const PLATFORMS: Readonly<Record<string, Generator>> = {
  "gitlab.GitLabServer": (scope, draw, id) => server(scope, draw, id),
  "gitlab.GitLabRunner": (scope, draw, id) =>
    new gitlab.GitLabRunner(scope, id, {
      server: server(scope, draw, fresh(scope, "Server")),
      ...draw.rarely(
        () => ({ tokenParameter: parameter(draw) }),
        () => ({}),
      ),
      subnet: subnet(scope, draw, draw.among("public", "private")),
      ...draw.some({
        role: () => new aws.Role(scope, fresh(scope, "JobRole"), { trust: aws.TrustPolicy.account("111122223333") }),
        instanceType: () => draw.text("t3.large", "m7g.large"),
        concurrent: () => draw.number(1, 8),
        nodeVersion: () => draw.text("22.14.0", "x"),
        nodeChecksums: () => ({ x64: draw.text("0".repeat(64)), arm64: "1".repeat(64) }),
        version: () => gitlab.GitLabVersion.of(draw.text("18.11.3", "18.10.0")),
        publicAddress: () => draw.flag(),
        registerOptions: () =>
          draw.map(
            () => draw.text("output-limit", "locked", "tag-list"),
            () => draw.text("true"),
          ),
        encryptionKey: () => key(scope, draw),
        image: () => draw.text("ami-00000000000000001"),
      }),
    }),
  "kpaas.ClusterFirewall": (scope, draw, id) => {
    openstackMachine(scope);
    return new kpaas.ClusterFirewall(scope, id, {
      plan: lab({ cloud: os.OPENSTACK }),
      administrators: draw.list(() => draw.peer(), 1),
      ...draw.some({ clients: () => draw.list(() => draw.peer(), 1) }),
    });
  },
  "kpaas.KPaasCluster": (scope, draw, id) =>
    new kpaas.KPaasCluster(scope, id, {
      ...labCluster(scope, draw),
      administrators: [draw.office()],
      boot: () => CloudInit.ubuntu(),
      ...draw.some({
        clients: () => draw.list(() => draw.peer(), 1),
        dependsOn: () => [],
        rootDisks: () => ({ worker: { size: draw.gibibytes(20, 200) } }),
        zone: () => draw.text("nova"),
      }),
    }),
  "kpaas.KPaasPlatform": (scope, draw, id) => {
    const { external } = openstackMachine(scope);
    const tiers = new os.TwoTierNetwork(scope, fresh(scope, "Tiers"), {
      external,
      cidr: Cidr.parse("192.168.0.0/16"),
      publicCidr: Cidr.parse("192.168.8.0/24"),
      privateCidr: LAB,
      administrators: [draw.office()],
      automaticAddresses: Cidr.parse("192.168.7.192/26"),
    });
    return new kpaas.KPaasPlatform(scope, id, {
      network: tiers,
      prefix: draw.text("lab", "a"),
      cloud: "openstack",
      image: os.ImageName.newest("Ubuntu Server 22.04"),
      flavor: draw.text("m1.large"),
      keyPair: { publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a" },
      controlPlane: draw.one(
        () => kpaas.PlatformControlPlane.single({ clients: [draw.office()] }),
        () =>
          kpaas.PlatformControlPlane.highlyAvailable({
            nodes: draw.rarely(
              () => draw.among(3, 5),
              () => 2,
            ),
            apiAddress: draw.text("192.168.7.5"),
            bastionFlavor: "m1.small",
          }),
      ),
      workers: draw.among(3, 3, draw.number(1, 4)),
      serviceAddresses: kpaas.AddressRange.parse(draw.text("192.168.7.150-192.168.7.160")),
      ...draw.some({
        rootDisk: () => ({ size: draw.gibibytes(20, 100) }),
        nfsDisk: () => ({ size: draw.gibibytes(20, 100) }),
        sessions: () => kpaas.SessionLimit.of(draw.number(1, 100)),
        pipeline: () => draw.flag(),
        checksums: () =>
          draw.some({ portal: () => draw.text("0".repeat(64)), pipeline: () => draw.text("1".repeat(64)) }),
        zone: () => draw.text("nova"),
      }),
    });
  },
  "kpaas.SampleWorkload": (scope, draw, id) => {
    kubernetes(scope);
    return new kpaas.SampleWorkload(
      scope,
      id,
      draw.some({
        name: () => draw.name(),
        app: () => draw.name(),
        image: () => draw.text("nginx:1.29.3", "web:"),
        replicas: () => draw.number(1, 5),
        nodePort: () => draw.number(30_000, 32_767),
        namespace: () => draw.name(),
        volumes: () => ({ [draw.text("/usr/share/nginx/html", "x")]: VolumeMount.scratch() }),
        dependsOn: () => [],
      }),
    );
  },
};
