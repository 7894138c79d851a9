import { SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { Violations } from "@groundwork/constructs/core/violation";
import { checkedAddress } from "@groundwork/constructs/kpaas/plan/checks/address";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { internalViolations } from "@groundwork/constructs/kpaas/plan/checks/cluster-internal";
import { PlatformControlPlane } from "@groundwork/constructs/kpaas/platform/platform-control-plane";
import { SessionLimit } from "@groundwork/constructs/kpaas/portal/session-limit";
import { checkNodePort } from "@groundwork/constructs/kpaas/workload/workload-values";
import { Region } from "@groundwork/constructs/nhn/region";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import * as v from "valibot";
import { defined } from "@groundwork/constructs/core/defined";
import { peers } from "./common";
import { decodeText, decodeWith } from "./decode";

/** Block of a subnet; it must not overlap the cluster's internal blocks. */
const subnet = decodeText((text) => {
  const cidr = Cidr.parse(text);
  Violations.throwIfAny(internalViolations(cidr, text));
  return cidr;
});

/** Blocks of a network with one public and one private subnet. */
const tiers = v.strictObject({
  cidr: decodeText((text) => Cidr.parse(text)),
  publicCidr: subnet,
  privateCidr: subnet,
});

/** Administrators reach the bastion in the public subnet, and all other machines through it. */
const network = v.strictObject({
  ...tiers.entries,
  administrators: v.array(decodeText((text) => Peer.ipv4(text))),
});

/** A number of machines or gibibytes. */
const count = v.pipe(v.number(), v.integer("write a whole number"), v.minValue(1, "write one or more"));

/** Port of a service on every node. */
const nodePort = v.pipe(
  v.number(),
  decodeWith((port) => {
    checkNodePort(port);
    return port;
  }),
);

const publicKey = decodeText((text) => {
  SshKeys.of(text);
  return text;
});

const disk = v.pipe(
  v.strictObject({ gibibytes: count, type: v.optional(v.string()) }),
  decodeWith(({ gibibytes, type }) => ({ size: Size.gibibytes(gibibytes), ...defined({ type }) })),
);

/** Number of control plane nodes. It also determines how the cluster is reached. */
const controlPlaneData = v.variant("type", [
  /**
   * One node. Its second interface, in the public subnet, has the platform's only public address; the node is also the bastion.
   */
  v.strictObject({
    type: v.literal("single"),
    /** Clients of the services in the cluster: blocks, or `"internet"`. */
    clients: v.pipe(peers, v.minLength(1, 'list the clients: blocks, or "internet"')),
    /** Three nginx pods behind a node port, reachable on the bastion. @default - no sample workload */
    sampleWorkload: v.optional(v.strictObject({ name: v.string(), nodePort })),
  }),
  /** Several nodes, reachable only through a bastion; one load balancer for the API, one for the ingress. */
  v.strictObject({
    type: v.literal("highly-available"),
    nodes: count,
    /** Address of the API load balancer in the private subnet. */
    apiAddress: decodeText((text) => checkedAddress("address of the API", text)),
    bastionFlavor: v.string(),
  }),
]);

const controlPlane = v.pipe(
  controlPlaneData,
  decodeWith((data) =>
    data.type === "single"
      ? PlatformControlPlane.single(defined({ clients: data.clients, sampleWorkload: data.sampleWorkload }))
      : PlatformControlPlane.highlyAvailable(data),
  ),
);

/** K-PaaS and its machines. */
const platform = v.strictObject({
  /** A separate network for the platform. @default - the network of the section */
  network: v.optional(tiers),
  /** Public key of the operators; `npm run key-pair` creates a pair. */
  keyPair: v.strictObject({ name: v.string(), publicKey }),
  /** Prefix of the image name; the newest matching image is used. */
  image: decodeText((beginning) => ImageName.newest(beginning)),
  flavor: v.string(),
  /** Availability zone. @default - the cloud's choice */
  zone: v.optional(v.string()),
  rootDisk: disk,
  /** Data disk of the NFS server, which stores all volumes of the cluster. */
  nfsDisk: disk,
  controlPlane,
  workers: count,
  /** Addresses for services of type LoadBalancer, in the private subnet. */
  serviceAddresses: decodeText((text) => AddressRange.parse(text)),
  /** Maximum number of concurrent portal sessions per user. */
  sessions: v.pipe(
    v.union([v.literal("unlimited"), v.number()]),
    decodeWith((sessions) => (sessions === "unlimited" ? SessionLimit.unlimited() : SessionLimit.of(sessions))),
  ),
  /** Whether the portal's pipeline is installed. */
  pipeline: v.boolean(),
});

/** NHN Cloud. */
export const nhn = v.strictObject({
  region: decodeText((name) => Region.of(name)),
  network,
  platform,
});

/** A standard OpenStack cloud. */
export const openstack = v.strictObject({
  /** URL of the identity service, including `/v3`. */
  authUrl: v.string(),
  region: v.string(),
  network,
  platform,
});
