import { NHN } from "./account";
import { keystoneError, neutronError, novaError } from "./api/api-error";
import { addFlavor } from "./compute/queries/flavors";
import { serverActions } from "./compute/routes/actions";
import { flavors } from "./compute/routes/flavors";
import { keyPairs } from "./compute/routes/key-pairs";
import { serverGroups } from "./compute/routes/server-groups";
import { servers } from "./compute/routes/servers";
import { volumeAttachments } from "./compute/routes/volume-attachments";
import { zones } from "./compute/routes/zones";
import type { ComputeRules } from "./compute/rules";
import type { EmulatedCloud } from "./emulated-cloud";
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
import { Store } from "./store";
import { volumes } from "./volume/routes";
import type { VolumeRules } from "./volume/rules";

const VOLUMES: VolumeRules = {
  types: ["General HDD", "General SSD"],
  zones: ["kr-pub-a", "kr-pub-b"],
  isStandard: false,
};

const COMPUTE: ComputeRules = {
  restrictedToPools: true,
  zones: ["kr-pub-a", "kr-pub-b"],
  volumes: VOLUMES,
  // Source: NHN Cloud, Instance console guide, key pairs.
  keyPairNames: /^[A-Za-z0-9._-]{1,32}$/,
  requiresKeyPair: true,
  isStandard: false,
};

/** Creates NHN Cloud: Keystone v2.0, its own VPC API, a part of Neutron, and Nova, Glance and Cinder v2 as it documents them. */
export function nhnCloud(): EmulatedCloud {
  const store = new Store();
  const tokens = new Tokens();
  addPublicNetwork(store);
  defaultGroup(store);
  for (const flavor of ["t2.c1m1", "m2.c1m2", "m2.c2m4", "m2.c4m8", "m2.c8m16", "r2.c2m8", "r2.c4m16", "c2.c2m2"])
    addFlavor(store, flavor);
  addFlavor(store, "u2.c2m4", 20);
  // The name of an image contains its release date; older releases remain available.
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
    addImage(store, `Ubuntu Server ${version} LTS (${date})`, `${date.replaceAll(".", "-")}T00:00:00Z`, properties);
  }
  const services = [
    { prefix: NHN.identity, routes: identityV2(tokens), formatError: keystoneError },
    { prefix: NHN.network, routes: network(store), formatError: neutronError },
    { prefix: NHN.compute, routes: compute(store), formatError: novaError },
    { prefix: NHN.image, routes: images(store), formatError: keystoneError },
    { prefix: NHN.volume, routes: volumes(store, VOLUMES), formatError: novaError },
  ];
  return { name: "nhn", store, tokens, services };
}

function network(store: Store) {
  return [
    ...vpcs(store),
    ...vpcSubnets(store),
    ...routingTables(store),
    ...routes(store),
    ...internetGateways(store),
    ...natGateways(store),
    ...acls(store),
    ...aclRules(store),
    ...aclBindings(store),
    ...neutronLists(store),
    ...ports(store, COMPUTE),
    ...floatingIps(store, {
      extraFields: ["label", "delete_protection"],
      defaults: { label: null, delete_protection: false },
      deletableWhileAssociated: false,
      movable: false,
      restrictedAddress: false,
      gatewayOf: gatewayOfSubnet,
    }),
    ...securityGroups(store),
    ...securityGroupRules(store, ["IPv4"]),
    ...loadBalancers(store, { restrictedToPools: true, api: "neutron-lbaas" }),
    ...listeners(store, "neutron-lbaas"),
    ...pools(store, "neutron-lbaas"),
    ...members(store, "neutron-lbaas"),
    ...healthMonitors(store, "neutron-lbaas"),
  ];
}

function compute(store: Store) {
  return [
    ...flavors(store),
    ...zones(COMPUTE.zones),
    ...keyPairs(store, COMPUTE),
    ...serverGroups(store, ["anti-affinity"], false),
    ...servers(store, COMPUTE),
    ...serverActions(store, false),
    ...volumeAttachments(store),
  ];
}
