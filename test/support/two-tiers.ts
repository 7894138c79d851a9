import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance as AwsInstance } from "@cdktf/provider-aws/lib/instance";
import { Network as AwsNetwork } from "@groundwork/constructs/aws/network/network";
import { SecurityGroup as AwsGroup } from "@groundwork/constructs/aws/network/security/security-group";
import type { ISubnet as AwsSubnet } from "@groundwork/constructs/aws/network/subnet";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { defined } from "@groundwork/constructs/core/defined";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/network/two-tier-network";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import type { IExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import type { ISubnet } from "@groundwork/constructs/openstack/network/subnet";
import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { awsStack } from "./fixture";
import { nhnStack } from "./nhn";
import { twoTiers } from "./openstack";

/** Addresses of the administrators. */
export const OFFICE = Peer.ipv4("203.0.113.0/24");

/** The two-tier network of system A1 with a machine for each role: web server and bastion in the public subnet, worker in the private one. */
export interface TwoTiers {
  readonly stack: TerraformStack;
  readonly web: IConstruct;
  readonly bastion: IConstruct;
  readonly worker: IConstruct;
}

interface Connectable {
  readonly connections: {
    allowFrom(peer: Peer, port: Port, description: string): void;
    allowTo(peer: Peer, port: Port, description: string): void;
  };
}

/** The rules of a web server, the same on every cloud. */
function openWeb({ connections }: Connectable): void {
  connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "web");
  connections.allowTo(Peer.anyIpv4(), Port.HTTPS, "packages");
}

/** The rules of a bastion and of the machines that it administers. */
function openAdministration(bastion: Connectable, worker: Connectable): void {
  bastion.connections.allowFrom(OFFICE, Port.SSH, "administrators");
  worker.connections.allowTo(Peer.anyIpv4(), Port.ALL, "anything out");
}

/** On AWS. */
export function awsTwoTiers(): TwoTiers {
  const stack = awsStack();
  const acl = NetworkAclRules.web().allowInbound(300, OFFICE, Port.SSH);
  const zones = Region.of("ap-northeast-2").zones("a");
  const network = new AwsNetwork(stack, "Network", {
    cidr: Cidr.parse("172.31.0.0/16"),
    zones,
    tiers: [Tier.public({ acl }), Tier.private()],
  });
  const group = (id: string) => new AwsGroup(stack, `${id}Group`, { network, description: id });
  const [web, bastion, worker] = [group("Web"), group("Bastion"), group("Worker")];
  openWeb(web);
  openAdministration(bastion, worker);
  worker.connections.allowFrom(bastion, Port.SSH, "through the bastion");
  const machine = (id: string, of: AwsGroup, [subnet]: readonly AwsSubnet[]) =>
    new AwsInstance(stack, id, {
      ami: "ami-1",
      instanceType: "t4g.nano",
      subnetId: subnet?.subnetId ?? "",
      vpcSecurityGroupIds: [of.securityGroupId],
    });
  const machines = {
    web: machine("Web", web, network.subnetsOf("public")),
    bastion: machine("Bastion", bastion, network.subnetsOf("public")),
    worker: machine("Worker", worker, network.subnetsOf("private")),
  };
  for (const { node, id } of [machines.web, machines.bastion]) new Eip(stack, `${node.id}Ip`, { instance: id });
  return { stack, ...machines };
}

/** On NHN Cloud: with `TwoTierNetwork`, which includes the security groups for administration. */
export function nhnTwoTiers(): TwoTiers & { readonly network: TwoTierNetwork } {
  const { stack, api } = nhnStack();
  const network = new TwoTierNetwork(stack, "Network", {
    api,
    cidr: Cidr.parse("172.31.0.0/16"),
    publicCidr: Cidr.parse("172.31.16.0/20"),
    privateCidr: Cidr.parse("172.31.0.0/20"),
    administrators: [OFFICE],
  });
  const web = new SecurityGroup(stack, "WebGroup", { description: "web" });
  openWeb(web);
  const { publicSubnet, privateSubnet, bastion, administered } = network;
  const cloud: Cloud = { stack, external: network.internetGateway.externalNetwork };
  return {
    stack,
    network,
    web: machine(cloud, "Web", { group: web, subnet: publicSubnet, address: "172.31.16.20", isPublic: true }),
    bastion: machine(cloud, "Bastion", {
      group: bastion,
      subnet: publicSubnet,
      address: "172.31.16.10",
      isPublic: true,
    }),
    worker: machine(cloud, "Worker", {
      group: administered,
      subnet: privateSubnet,
      address: "172.31.0.20",
      isPublic: false,
    }),
  };
}

/** On OpenStack. */
export function openstackTwoTiers(): TwoTiers {
  const { stack, internet, publicSubnet, privateSubnet } = twoTiers();
  const group = (id: string) => new SecurityGroup(stack, `${id}Group`, { description: id });
  const [web, bastion, worker] = [group("Web"), group("Bastion"), group("Worker")];
  openWeb(web);
  openAdministration(bastion, worker);
  worker.connections.allowFrom(bastion, Port.SSH, "through the bastion");
  const cloud: Cloud = { stack, external: internet };
  return {
    stack,
    web: machine(cloud, "Web", { group: web, subnet: publicSubnet, address: "172.31.16.20", isPublic: true }),
    bastion: machine(cloud, "Bastion", {
      group: bastion,
      subnet: publicSubnet,
      address: "172.31.16.10",
      isPublic: true,
    }),
    worker: machine(cloud, "Worker", {
      group: worker,
      subnet: privateSubnet,
      address: "172.31.0.20",
      isPublic: false,
    }),
  };
}

interface Cloud {
  readonly stack: TerraformStack;
  readonly external: IExternalNetwork;
}

interface MachineProps {
  readonly group: SecurityGroup;
  readonly subnet: ISubnet;
  readonly address: string;
  readonly isPublic: boolean;
}

function machine({ stack, external }: Cloud, id: string, { group, subnet, address, isPublic }: MachineProps): Instance {
  const floatingIp = isPublic ? new FloatingIp(stack, `${id}Ip`, { external }) : undefined;
  return new Instance(stack, id, {
    flavor: new Flavor(stack, `${id}Flavor`, { name: "r2.c2m8", cloud: external.cloud }),
    image: new Image(stack, `${id}Image`, { name: ImageName.newest("Ubuntu Server 22.04"), cloud: external.cloud }),
    keyPair: KeyPair.fromName(stack, `${id}Key`, "ops"),
    securityGroups: [group],
    nics: [Nic.in(subnet, { fixedAddress: address, ...defined({ floatingIp }) })],
  });
}
