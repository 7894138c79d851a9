import { NHN } from "./account";
import { keystoneWording, neutronWording, novaWording } from "./api/api-error";
import { addFlavor } from "./compute/queries/flavors";
import { serverActions } from "./compute/routes/actions";
import { flavors } from "./compute/routes/flavors";
import { keyPairs } from "./compute/routes/key-pairs";
import { serverGroups } from "./compute/routes/server-groups";
import { servers } from "./compute/routes/servers";
import { volumeAttachments } from "./compute/routes/volume-attachments";
import { zones } from "./compute/routes/zones";
import type { ComputeRules } from "./compute/rules";
import type { Cloud } from "./emulated-cloud";
import { Tokens } from "./identity/tokens";
import { identityV2 } from "./identity/v2";
import { addImage } from "./image/queries";
import { images } from "./image/routes";
import { healthMonitors } from "./load-balancer/routes/health-monitors";
import { listeners } from "./load-balancer/routes/listeners";
import { loadBalancers } from "./load-balancer/routes/load-balancers";
import { members } from "./load-balancer/routes/members";
import { pools } from "./load-balancer/routes/pools";
import { defaultGroup } from "./network/queries/security-groups";
import { floatingIps } from "./network/routes/floating-ips";
import { ports } from "./network/routes/ports";
import { securityGroupRules } from "./network/routes/security-group-rules";
import { securityGroups } from "./network/routes/security-groups";
import { gatewayOfSubnet } from "./nhn/queries/vpc-subnets";
import { addPublicNetwork } from "./nhn/queries/vpcs";
import { aclBindings } from "./nhn/routes/acl-bindings";
import { aclRules } from "./nhn/routes/acl-rules";
import { acls } from "./nhn/routes/acls";
import { internetGateways } from "./nhn/routes/internet-gateways";
import { natGateways } from "./nhn/routes/nat-gateways";
import { neutronLists } from "./nhn/routes/neutron-lists";
import { routes } from "./nhn/routes/routes";
import { routingTables } from "./nhn/routes/routing-tables";
import { vpcSubnets } from "./nhn/routes/vpc-subnets";
import { vpcs } from "./nhn/routes/vpcs";
import { World } from "./store";
import { volumes } from "./volume/routes";

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
