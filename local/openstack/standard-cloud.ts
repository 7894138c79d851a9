import { STANDARD } from "./account";
import { keystoneWording, neutronWording, novaWording, octaviaWording } from "./api/api-error";
import { addFlavor } from "./compute/queries/flavors";
import { serverActions } from "./compute/routes/actions";
import { flavors } from "./compute/routes/flavors";
import { interfaces } from "./compute/routes/interfaces";
import { keyPairs } from "./compute/routes/key-pairs";
import { serverGroups } from "./compute/routes/server-groups";
import { servers } from "./compute/routes/servers";
import { volumeAttachments } from "./compute/routes/volume-attachments";
import { zones } from "./compute/routes/zones";
import type { ComputeRules } from "./compute/rules";
import type { Cloud } from "./emulated-cloud";
import { Tokens } from "./identity/tokens";
import { identityV3 } from "./identity/v3";
import { addImage } from "./image/queries";
import { images } from "./image/routes";
import { healthMonitors } from "./load-balancer/routes/health-monitors";
import { listeners } from "./load-balancer/routes/listeners";
import { loadBalancers } from "./load-balancer/routes/load-balancers";
import { members } from "./load-balancer/routes/members";
import { pools } from "./load-balancer/routes/pools";
import { addExternalNetwork } from "./network/queries/external";
import { gatewayOf } from "./network/queries/routers";
import { defaultGroup } from "./network/queries/security-groups";
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
import { World } from "./store";
import { volumes } from "./volume/routes";

const VOLUME_TYPES = { known: ["standard", "ssd"] } as const;

const COMPUTE: ComputeRules = {
  poolsOnly: false,
  zones: ["nova"],
  volumeTypes: VOLUME_TYPES,
  needsKeyAndDisk: false,
  isStandard: true,
};

/** A standard OpenStack: Keystone v3, Neutron with routers, Nova, Glance, Cinder v3, Octavia, firewalls. */
export function standardCloud(): Cloud {
  const world = new World();
  const tokens = new Tokens();
  addExternalNetwork(world, "public");
  defaultGroup(world);
  for (const flavor of ["m1.c1m2", "m1.c2m4", "m1.c2m8", "m1.c4m8", "m1.c4m16", "m1.c8m16"]) addFlavor(world, flavor);
  addFlavor(world, "d1.c2m8", 40);
  addImage(world, "ubuntu-22.04", "2026-01-15T00:00:00Z", { os_distro: "ubuntu", os_version: "22.04" });
  addImage(world, "ubuntu-24.04", "2026-01-15T00:00:00Z", { os_distro: "ubuntu", os_version: "24.04" });
  const services = [
    { prefix: STANDARD.identity, routes: identityV3(tokens), wording: keystoneWording },
    { prefix: STANDARD.network, routes: network(world), wording: neutronWording },
    { prefix: STANDARD.compute, routes: compute(world), wording: novaWording },
    { prefix: STANDARD.image, routes: images(world, true), wording: keystoneWording },
    { prefix: STANDARD.volume, routes: volumes(world, VOLUME_TYPES, 3), wording: novaWording },
    { prefix: STANDARD.loadBalancer, routes: balancing(world), wording: octaviaWording },
  ];
  return { name: "openstack", world, tokens, services };
}

function network(world: World) {
  return [
    ...networks(world),
    ...subnets(world),
    ...ports(world, COMPUTE),
    ...routers(world),
    ...routerInterfaces(world),
    ...securityGroups(world),
    ...securityGroupRules(world, ["IPv4", "IPv6"]),
    ...floatingIps(world, {
      ownFields: ["description"],
      defaults: { description: "", tags: [], dns_name: "", dns_domain: "" },
      removableWhileConnected: true,
      gatewayOf,
    }),
    ...quotas(),
    ...tags(world),
    ...firewalls(world),
  ];
}

function compute(world: World) {
  return [
    ...flavors(world),
    ...zones(COMPUTE.zones),
    ...keyPairs(world),
    ...serverGroups(world, ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"], true),
    ...servers(world, COMPUTE),
    ...serverActions(world, true),
    ...interfaces(world, COMPUTE),
    ...volumeAttachments(world),
  ];
}

function balancing(world: World) {
  return [
    ...loadBalancers(world, { poolsOnly: false, api: "octavia" }),
    ...listeners(world, "octavia"),
    ...pools(world, "octavia"),
    ...members(world, "octavia"),
    ...healthMonitors(world, "octavia"),
  ];
}
