import { SshKeys } from "@groundwork/constructs/boot/ssh-keys";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { Violations } from "@groundwork/constructs/core/violation";
import { checkedAddress } from "@groundwork/constructs/kpaas/address";
import { AddressRange } from "@groundwork/constructs/kpaas/address-range";
import { internalViolations } from "@groundwork/constructs/kpaas/cluster-internal";
import { SessionLimit } from "@groundwork/constructs/kpaas/boot/session-limit";
import { checkNodePort } from "@groundwork/constructs/kpaas/workload-values";
import { Region } from "@groundwork/constructs/nhn/region";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import * as v from "valibot";
import { defined, peers, read, transform } from "./values";

/** Block of a subnet: none that is the cluster's inside. */
const subnet = read((text) => {
  const cidr = Cidr.parse(text);
  Violations.throwIfAny(internalViolations(cidr, text));
  return cidr;
});

/** Blocks of a network with a public and a private subnet. */
const tiers = v.strictObject({
  cidr: read((text) => Cidr.parse(text)),
  publicCidr: subnet,
  privateCidr: subnet,
});

/** Administrators reach the bastion in the public subnet, and through it everything else. */
const network = v.strictObject({
  ...tiers.entries,
  administrators: v.array(read((text) => Peer.ipv4(text))),
});

/** A number of things. */
const count = v.pipe(v.number(), v.integer("write a whole number"), v.minValue(1, "write one or more"));

/** Port of every node that a service has. */
const nodePort = v.pipe(
  v.number(),
  transform((port) => {
    checkNodePort(port);
    return port;
  }),
);

const publicKey = read((text) => {
  SshKeys.of(text);
  return text;
});

const disk = v.pipe(
  v.strictObject({ gibibytes: count, type: v.optional(v.string()) }),
  transform(({ gibibytes, type }) => ({ size: Size.gibibytes(gibibytes), ...defined({ type }) })),
);

/** How many machines run the cluster, which decides how it is reached, too. */
const controlPlane = v.variant("type", [
  /**
   * One. It has a second interface in the public subnet with the platform's one address of the internet, and is the bastion.
   */
  v.strictObject({
    type: v.literal("single"),
    /** Who uses what runs in the cluster: blocks, or `"internet"`. */
    clients: v.pipe(peers, v.minLength(1, 'name who comes: blocks, or "internet"')),
    /** Left out, there is none. Three copies of nginx behind a port of every node, of which the internet meets the bastion's. */
    sampleWorkload: v.optional(v.strictObject({ name: v.string(), nodePort })),
  }),
  /** Several, which nobody reaches but through a bastion; two load balancers, one for the API and one for visitors. */
  v.strictObject({
    type: v.literal("highly-available"),
    nodes: count,
    /** Address of the API's load balancer, in the private subnet. */
    apiAddress: read((text) => checkedAddress("address of the API", text)),
    bastionFlavor: v.string(),
  }),
]);

/** K-PaaS, and the machines that it runs on. */
const platform = v.strictObject({
  /** A network of its own. Left out, the machines stand in the one above. */
  network: v.optional(tiers),
  /** Public half of the key that logs in; `npm run key-pair` makes one. */
  keyPair: v.strictObject({ name: v.string(), publicKey }),
  /** Beginning of the image's name; the newest is taken. */
  image: read((beginning) => ImageName.newest(beginning)),
  flavor: v.string(),
  /** Left out, the cloud chooses. */
  zone: v.optional(v.string()),
  rootDisk: disk,
  /** Disk of the NFS server, which holds the volumes of everything in the cluster. */
  nfsDisk: disk,
  controlPlane,
  workers: count,
  /** Addresses that services of type LoadBalancer get, in the private subnet. */
  serviceAddresses: read((text) => AddressRange.parse(text)),
  /** How often one user may be logged in to the portal. */
  sessions: v.pipe(
    v.union([v.literal("unlimited"), v.number()]),
    transform((sessions) => (sessions === "unlimited" ? SessionLimit.unlimited() : SessionLimit.of(sessions))),
  ),
  /** Whether the portal's pipeline is installed. */
  pipeline: v.boolean(),
});

/** NHN Cloud. */
export const nhn = v.strictObject({
  region: read((name) => Region.of(name)),
  network,
  platform,
});

/** An OpenStack of anybody's. */
export const openstack = v.strictObject({
  /** Address of the identity service, up to and with `/v3`. */
  authUrl: v.string(),
  region: v.string(),
  network,
  platform,
});

/** The platform as the stacks read it. */
export type PlatformSettings = v.InferOutput<typeof platform>;
