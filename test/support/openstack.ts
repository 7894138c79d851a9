import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { type Cloud, OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Size } from "@groundwork/constructs/core/size";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { TerraformStack } from "cdktf";
import { testApp } from "./fixture";

/** A stack named `test` with an OpenStack provider. */
export function openstackStack(): TerraformStack {
  const stack = new TerraformStack(testApp(), "test");
  new OpenstackProvider(stack, "openstack", { authUrl: "http://127.0.0.1:1/v3" });
  return stack;
}

/** A restrictive cloud: it supports only what every OpenStack cloud supports. */
export const NARROW: Cloud = {
  ...OPENSTACK,
  name: "Narrow Cloud",
  flavors: { pattern: /^[a-z]\d\.c\d+m\d+$/, example: "m2.c4m8" },
  sizeOf: (flavor) => {
    const [, vCpus, gibibytes] = /\.c(\d+)m(\d+)$/.exec(flavor) ?? [];
    return vCpus === undefined ? undefined : { vCpus: Number(vCpus), memory: Size.gibibytes(Number(gibibytes)) };
  },
  rootDiskOf: (flavor) =>
    flavor.startsWith("u2") ? "local" : { least: Size.gibibytes(20), most: Size.gibibytes(2000) },
  dataDisk: { least: Size.gibibytes(10), most: Size.gibibytes(2000) },
  volumeTypes: ["General HDD", "General SSD"],
  nics: 3,
  services: [],
  policies: ["anti-affinity"],
  floatingIpTextField: "label",
  countsImages: false,
};

/** A network with a subnet that allows floating IPs and a subnet that does not. */
export function twoTiers(cloud: Cloud = OPENSTACK) {
  const stack = openstackStack();
  const internet = new ExternalNetwork(stack, "Internet", { cloud });
  const network = new Network(stack, "Network", { cidr: Cidr.parse("172.31.0.0/16"), cloud });
  const publicSubnet = new Subnet(stack, "Public", {
    network,
    cidr: Cidr.parse("172.31.16.0/20"),
    floatingIps: true,
  });
  const privateSubnet = new Subnet(stack, "Private", { network, cidr: Cidr.parse("172.31.0.0/20") });
  const router = new Router(stack, "Router", { external: internet, subnets: [publicSubnet, privateSubnet] });
  return { stack, internet, network, publicSubnet, privateSubnet, router };
}

/** The two subnets with the flavor, image and key pair of a machine. */
export function readyForMachines(cloud: Cloud = OPENSTACK, flavorName = "r2.c2m8") {
  const tiers = twoTiers(cloud);
  const { stack } = tiers;
  return {
    ...tiers,
    flavor: new Flavor(stack, "Flavor", { name: flavorName, cloud }),
    image: new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04"), cloud }),
    keyPair: KeyPair.fromName(stack, "Operators", "ops"),
  };
}
