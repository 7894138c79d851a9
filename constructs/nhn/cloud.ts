import { Limit } from "../boot/limit";
import { Size } from "../core/size";
import type { Cloud } from "../openstack/cloud";
import { OPENSTACK } from "../openstack/cloud";

/** Family, vCPUs and memory in GB: r2.c2m8 has 2 and 8. Source: NHN Cloud, Instance overview, flavors. */
const FLAVOR = /^[a-z]\d\.c(\d+)m(\d+)$/;

/**
 * What is true of NHN Cloud and not of every OpenStack.
 *
 * Sources: its Instance console guide (root disks: 20 to 2,000 GB, u2 flavors bring a disk of their own size), its guide to
 * Terraform (types of volumes), its container service guide (1 to 2,048 GB for further disks), its Instance API v2
 * (anti-affinity is the one policy; 65,535 bytes of user data; labels of floating IPs), its Load Balancer API, which is
 * Neutron's, and the catalog of a token, which has no volumes v3. How many interfaces a machine may have is not published;
 * OpenStack's own number stands in for it.
 */
export const NHN_CLOUD: Cloud = {
  name: "NHN Cloud",
  flavors: { pattern: FLAVOR, example: "r2.c2m8" },
  sizeOf: (flavor) => {
    const [, vCpus, memory] = FLAVOR.exec(flavor) ?? [];
    return vCpus === undefined || memory === undefined
      ? undefined
      : { vCpus: Number(vCpus), memory: Size.gibibytes(Number(memory)) };
  },
  rootDiskOf: (flavor) =>
    flavor.startsWith("u2.") ? "local" : { least: Size.gibibytes(20), most: Size.gibibytes(2_000) },
  dataDisk: { least: Size.gibibytes(1), most: Size.gibibytes(2_048) },
  volumeTypes: ["General HDD", "General SSD"],
  nics: OPENSTACK.nics,
  userData: Limit.NHN,
  services: ["load balancers"],
  loadBalancerApi: "neutron-lbaas",
  policies: ["anti-affinity"],
  confirmsResize: true,
  floatingIpWords: "label",
  countsImages: false,
};
