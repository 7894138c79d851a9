import { NHN } from "./account";
import type { Cloud } from "./cloud";
import { serverActions } from "./compute/actions";
import { addFlavor, flavors } from "./compute/flavors";
import { keyPairs } from "./compute/key-pairs";
import { serverGroups } from "./compute/server-groups";
import type { ComputeRules } from "./compute/servers";
import { servers } from "./compute/servers";
import { volumeAttachments } from "./compute/volume-attachments";
import { zones } from "./compute/zones";
import { Tokens } from "./identity/tokens";
import { identityV2 } from "./identity/v2";
import { addImage, images } from "./image/images";
import { healthMonitors } from "./load-balancer/health-monitors";
import { listeners } from "./load-balancer/listeners";
import { loadBalancers } from "./load-balancer/load-balancers";
import { members } from "./load-balancer/members";
import { pools } from "./load-balancer/pools";
import { floatingIps } from "./network/floating-ips";
import { ports } from "./network/ports";
import { securityGroupRules } from "./network/security-group-rules";
import { defaultGroup, securityGroups } from "./network/security-groups";
import { aclBindings } from "./nhn/acl-bindings";
import { aclRules } from "./nhn/acl-rules";
import { acls } from "./nhn/acls";
import { internetGateways } from "./nhn/internet-gateways";
import { natGateways } from "./nhn/nat-gateways";
import { neutronLists } from "./nhn/neutron-lists";
import { routes } from "./nhn/routes";
import { routingTables } from "./nhn/routing-tables";
import { gatewayOfSubnet, vpcSubnets } from "./nhn/vpc-subnets";
import { addPublicNetwork, vpcs } from "./nhn/vpcs";
import { keystoneWording, neutronWording, novaWording } from "./refusal";
import { volumes } from "./volume/volumes";
import { World } from "./world";

const VOLUME_TYPES = { known: ["General HDD", "General SSD"] } as const;

const COMPUTE: ComputeRules = {
  poolsOnly: true,
  zones: ["kr-pub-a", "kr-pub-b"],
  volumeTypes: VOLUME_TYPES,
  needsKeyAndDisk: true,
  isStandard: false,
};

/** NHN Cloud: Keystone v2.0, its own VPC API, what it has kept of Neutron, and Nova, Glance, Cinder v2 as it documents them. */
export function nhnCloud(): Cloud {
  const world = new World();
  const tokens = new Tokens();
  addPublicNetwork(world);
  defaultGroup(world);
  for (const flavor of ["t2.c1m1", "m2.c1m2", "m2.c2m4", "m2.c4m8", "m2.c8m16", "r2.c2m8", "r2.c4m16", "c2.c2m2"])
    addFlavor(world, flavor);
  addFlavor(world, "u2.c2m4", 20);
  // Every release of an image has its date in its name; the older ones stay.
  for (const [version, date] of [
    ["22.04.3", "2025.10.21"],
    ["22.04.5", "2026.02.24"],
    ["24.04.1", "2026.02.24"],
  ] as const) {
    const properties = {
      os_type: "linux",
      os_distro: "ubuntu",
      os_version: `Server ${version} LTS`,
      os_architecture: "amd64",
      login_username: "ubuntu",
    };
    addImage(world, `Ubuntu Server ${version} LTS (${date})`, `${date.replaceAll(".", "-")}T00:00:00Z`, properties);
  }
  const services = [
    { prefix: NHN.identity, routes: identityV2(tokens), wording: keystoneWording },
    { prefix: NHN.network, routes: network(world), wording: neutronWording },
    { prefix: NHN.compute, routes: compute(world), wording: novaWording },
    { prefix: NHN.image, routes: images(world), wording: keystoneWording },
    { prefix: NHN.volume, routes: volumes(world, VOLUME_TYPES, 2), wording: novaWording },
  ];
  return { name: "nhn", world, tokens, services };
}

function network(world: World) {
  return [
    ...vpcs(world),
    ...vpcSubnets(world),
    ...routingTables(world),
    ...routes(world),
    ...internetGateways(world),
    ...natGateways(world),
    ...acls(world),
    ...aclRules(world),
    ...aclBindings(world),
    ...neutronLists(world),
    ...ports(world, COMPUTE),
    ...floatingIps(world, {
      ownFields: ["label", "delete_protection"],
      defaults: { label: null, delete_protection: false },
      removableWhileConnected: false,
      gatewayOf: gatewayOfSubnet,
    }),
    ...securityGroups(world),
    ...securityGroupRules(world, ["IPv4"]),
    ...loadBalancers(world, { poolsOnly: true, api: "neutron-lbaas" }),
    ...listeners(world, "neutron-lbaas"),
    ...pools(world, "neutron-lbaas"),
    ...members(world, "neutron-lbaas"),
    ...healthMonitors(world, "neutron-lbaas"),
  ];
}

function compute(world: World) {
  return [
    ...flavors(world),
    ...zones(COMPUTE.zones),
    ...keyPairs(world),
    ...serverGroups(world, ["anti-affinity"], false),
    ...servers(world, COMPUTE),
    ...serverActions(world, false),
    ...volumeAttachments(world),
  ];
}
