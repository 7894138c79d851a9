import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { AddressRange } from "@groundwork/constructs/kpaas/address-range";
import { SessionLimit } from "@groundwork/constructs/kpaas/boot/session-limit";
import { Region } from "@groundwork/constructs/nhn/region";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import * as v from "valibot";
import { defined, peers, read, transform } from "./values";

/** Blocks of a network with a public and a private subnet. */
const tiers = v.strictObject({
  cidr: read((text) => Cidr.parse(text)),
  publicCidr: read((text) => Cidr.parse(text)),
  privateCidr: read((text) => Cidr.parse(text)),
});

/** Administrators reach the bastion in the public subnet, and through it everything else. */
const network = v.strictObject({
  ...tiers.entries,
  administrators: v.array(read((text) => Peer.ipv4(text))),
});

const disk = v.pipe(
  v.strictObject({ gibibytes: v.number(), type: v.optional(v.string()) }),
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
    clients: peers,
  }),
  /** Several, which nobody reaches but through a bastion; two load balancers, one for the API and one for visitors. */
  v.strictObject({
    type: v.literal("highly-available"),
    nodes: v.number(),
    /** Address of the API's load balancer, in the private subnet. */
    apiAddress: v.string(),
    bastionFlavor: v.string(),
  }),
]);

/** K-PaaS, and the machines that it runs on. */
const platform = v.strictObject({
  /** A network of its own. Left out, the machines stand in the one above. */
  network: v.optional(tiers),
  /** Public half of the key that logs in; `npm run key-pair` makes one. */
  keyPair: v.strictObject({ name: v.string(), publicKey: v.string() }),
  /** Beginning of the image's name; the newest is taken. */
  image: read((beginning) => ImageName.newest(beginning)),
  flavor: v.string(),
  /** Left out, the cloud chooses. */
  zone: v.optional(v.string()),
  rootDisk: disk,
  /** Disk of the NFS server, which holds the volumes of everything in the cluster. */
  nfsDisk: disk,
  controlPlane,
  workers: v.number(),
  /** Addresses that services of type LoadBalancer get, in the private subnet. */
  serviceAddresses: read((text) => AddressRange.parse(text)),
  /** Left out, there is none. Three copies of nginx behind a port of every node. */
  sampleWorkload: v.optional(v.strictObject({ name: v.string(), nodePort: v.number() })),
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

/** A network's blocks as the stacks read them. */
export type TierSettings = v.InferOutput<typeof tiers>;

/** The platform as the stacks read it. */
export type PlatformSettings = v.InferOutput<typeof platform>;
