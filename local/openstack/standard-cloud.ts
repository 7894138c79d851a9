import { STANDARD } from "./account";
import { keystoneError, neutronError, novaError, octaviaError } from "./api/api-error";
import { addFlavor } from "./compute/queries/flavors";
import { serverActions } from "./compute/routes/actions";
import { flavors } from "./compute/routes/flavors";
import { interfaces } from "./compute/routes/interfaces";
import { keyPairs } from "./compute/routes/key-pairs";
import { limits } from "./compute/routes/limits";
import { serverGroups } from "./compute/routes/server-groups";
import { servers } from "./compute/routes/servers";
import { volumeAttachments } from "./compute/routes/volume-attachments";
import { zones } from "./compute/routes/zones";
import type { ComputeRules } from "./compute/rules";
import type { EmulatedCloud } from "./emulated-cloud";
import { Tokens } from "./identity/tokens";
import { identityV3 } from "./identity/v3";
import { addImage } from "./image/queries";
import { images } from "./image/routes";
import { healthMonitors } from "./load-balancer/routes/health-monitors";
import { listeners } from "./load-balancer/routes/listeners";
import { loadBalancers } from "./load-balancer/routes/load-balancers";
import { members } from "./load-balancer/routes/members";
import { pools } from "./load-balancer/routes/pools";
import { quotas as balancerQuotas } from "./load-balancer/routes/quotas";
import { addExternalNetwork } from "./network/queries/external";
import { gatewayOf } from "./network/queries/routers";
import { allowWithin, defaultGroup } from "./network/queries/security-groups";
import { firewalls } from "./network/routes/firewalls";
import { floatingIps } from "./network/routes/floating-ips";
import { networks } from "./network/routes/networks";
import { ports } from "./network/routes/ports";
import { quotas } from "./network/routes/quotas";
import { routerInterfaces } from "./network/routes/router-interfaces";
import { routers } from "./network/routes/routers";
import { securityGroupRules } from "./network/routes/security-group-rules";
import { securityGroups } from "./network/routes/security-groups";
import { subnets } from "./network/routes/subnets";
import { tags } from "./network/routes/tags";
import { Store } from "./store";
import { limits as volumeLimits } from "./volume/limits";
import { volumes } from "./volume/routes";
import type { VolumeRules } from "./volume/rules";
import { volumeZones } from "./volume/zones";

const VOLUMES: VolumeRules = { types: ["standard", "ssd"], zones: ["nova"], isStandard: true };

const COMPUTE: ComputeRules = {
  restrictedToPools: false,
  zones: ["nova"],
  volumes: VOLUMES,
  // Letters, digits, "-", "_" and space; up to 255 characters. Source: Nova, API reference, key pairs before version 2.92.
  keyPairNames: /^[\w -]{1,255}$/,
  requiresKeyPair: false,
  isStandard: true,
};

/** Creates a standard OpenStack: Keystone v3, Neutron with routers, Nova, Glance, Cinder v3, Octavia, firewalls. */
export function standardCloud(): EmulatedCloud {
  const store = new Store();
  const tokens = new Tokens();
  addExternalNetwork(store, "public");
  allowWithin(store, defaultGroup(store));
  for (const flavor of ["m1.c1m2", "m1.c2m4", "m1.c2m8", "m1.c4m8", "m1.c4m16", "m1.c8m16"]) addFlavor(store, flavor);
  addFlavor(store, "d1.c2m8", 40);
  addImage(store, "ubuntu-22.04", "2026-01-15T00:00:00Z", { os_distro: "ubuntu", os_version: "22.04" });
  addImage(store, "ubuntu-24.04", "2026-01-15T00:00:00Z", { os_distro: "ubuntu", os_version: "24.04" });
  const services = [
    { prefix: STANDARD.identity, routes: identityV3(tokens), formatError: keystoneError },
    { prefix: STANDARD.network, routes: network(store), formatError: neutronError },
    { prefix: STANDARD.compute, routes: compute(store), formatError: novaError },
    { prefix: STANDARD.image, routes: images(store, true), formatError: keystoneError },
    {
      prefix: STANDARD.volume,
      routes: [...volumes(store, VOLUMES), ...volumeLimits(store), ...volumeZones(VOLUMES.zones)],
      formatError: novaError,
    },
    { prefix: STANDARD.loadBalancer, routes: balancing(store), formatError: octaviaError },
  ];
  return { name: "openstack", store, tokens, services };
}

function network(store: Store) {
  return [
    ...networks(store),
    ...subnets(store),
    ...ports(store, COMPUTE),
    ...routers(store),
    ...routerInterfaces(store),
    ...securityGroups(store),
    ...securityGroupRules(store, ["IPv4", "IPv6"]),
    ...floatingIps(store, {
      extraFields: ["description"],
      defaults: { description: "", tags: [], dns_name: "", dns_domain: "" },
      deletableWhileAssociated: true,
      movable: true,
      restrictedAddress: true,
      gatewayOf,
    }),
    ...quotas(store),
    ...tags(store),
    ...firewalls(store),
  ];
}

function compute(store: Store) {
  return [
    ...flavors(store),
    ...zones(COMPUTE.zones),
    ...limits(store),
    ...keyPairs(store, COMPUTE),
    ...serverGroups(store, ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"], true),
    ...servers(store, COMPUTE),
    ...serverActions(store, true),
    ...interfaces(store, COMPUTE),
    ...volumeAttachments(store),
  ];
}

function balancing(store: Store) {
  return [
    ...loadBalancers(store, { restrictedToPools: false, api: "octavia" }),
    ...listeners(store, "octavia"),
    ...pools(store, "octavia"),
    ...members(store, "octavia"),
    ...healthMonitors(store, "octavia"),
    ...balancerQuotas(),
  ];
}
