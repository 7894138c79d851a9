import { Limit } from "../boot/limit";
import { Size } from "../core/size";
import { type Cloud, OPENSTACK } from "../openstack/cloud";

/** Family, vCPUs and memory in GB: r2.c2m8 has 2 vCPUs and 8 GB. Source: NHN Cloud, Instance overview, flavors. */
const FLAVOR = /^[a-z]\d\.c(\d+)m(\d+)$/;

/**
 * The properties of NHN Cloud that differ from standard OpenStack.
 *
 * Sources in NHN Cloud's documentation: Instance console guide (root disks of 20 to 2,000 GB; u2 flavors include a disk of fixed
 * size), Terraform guide (volume types), container service guide (data disks of 1 to 2,048 GB), Instance API v2 (anti-affinity is the
 * only policy; 65,535 bytes of user data; labels of floating IPs), Load Balancer API (Neutron's), and the service catalog of a token
 * (no volumes v3). The maximum numbers of interfaces of a machine and of address pairs of a port are not published; OpenStack's numbers are
 * used.
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
  addressPairs: OPENSTACK.addressPairs,
  dnsServers: OPENSTACK.dnsServers,
  userData: Limit.NHN,
  services: ["load balancers"],
  loadBalancerApi: "neutron-lbaas",
  policies: ["anti-affinity"],
  confirmsResize: true,
  floatingIpTextField: "label",
  countsImages: false,
};
