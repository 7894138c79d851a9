import { checkedSha256, SshKeys } from "@groundwork/constructs/boot";
import { Cidr, defined, Peer, Size, Violations } from "@groundwork/constructs/core";
import {
  AddressRange,
  checkedAddress,
  checkNodePort,
  internalViolations,
  PlatformControlPlane,
  SessionLimit,
  Workload,
} from "@groundwork/constructs/kpaas";
import { Region } from "@groundwork/constructs/nhn";
import { ImageName, type ProjectQuotaProps } from "@groundwork/constructs/openstack";
import * as v from "valibot";
import { cloudName, peers } from "./common";
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

/** As in {@link KeyPair}. */
const keyPairName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,32}$/, "write at most 32 letters, digits and hyphens"));

/** The sample workload's Deployment and Service have its name. */
const workloadName = decodeText((name) => {
  Workload.of({ name });
  return name;
});

const disk = v.pipe(
  v.strictObject({ gibibytes: count, type: v.optional(cloudName) }),
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
    sampleWorkload: v.optional(v.strictObject({ name: workloadName, nodePort })),
  }),
  /** Several nodes, reachable only through a bastion; one load balancer for the API, one for the ingress. */
  v.strictObject({
    type: v.literal("highly-available"),
    nodes: count,
    /** Address of the API load balancer in the private subnet. */
    apiAddress: decodeText((text) => checkedAddress("address of the API", text)),
    bastionFlavor: cloudName,
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

const sha256 = decodeText((text) => checkedSha256(text, "checksums"));

/** K-PaaS and its machines. */
const platform = v.strictObject({
  /** A separate network for the platform. @default - the network of the section */
  network: v.optional(tiers),
  /** Public key of the operators; `groundwork key-pair` creates a pair. */
  keyPair: v.strictObject({ name: keyPairName, publicKey }),
  /** Prefix of the image name; the newest matching image is used. */
  image: v.pipe(
    cloudName,
    decodeWith((beginning) => ImageName.newest(beginning)),
  ),
  flavor: cloudName,
  /** Availability zone. @default - the cloud's choice */
  zone: v.optional(cloudName),
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
  /** SHA-256 of the archives of the portal and the pipeline. @default - a person confirms them on the install host */
  checksums: v.optional(
    v.pipe(
      v.strictObject({ portal: v.optional(sha256), pipeline: v.optional(sha256) }),
      decodeWith((checksums) => defined(checksums)),
    ),
  ),
});

/** Quotas of the project, as `openstack quota show` prints them. Each is optional: what is not listed is not checked. */
const quota = v.pipe(
  v.strictObject({
    ...v.partial(
      v.strictObject({
        machines: count,
        vCpus: count,
        memoryGibibytes: count,
        volumes: count,
        volumeGibibytes: count,
        floatingIps: count,
        networks: count,
        subnets: count,
        ports: count,
        routers: count,
        securityGroups: count,
        securityGroupRules: count,
        keyPairs: count,
        serverGroups: count,
        loadBalancers: count,
      }),
    ).entries,
    /** Sizes of flavors, by name. @default - those that the names contain */
    flavors: v.optional(v.record(v.string(), v.strictObject({ vCpus: count, memoryGibibytes: count })), {}),
  }),
  decodeWith(({ memoryGibibytes, volumeGibibytes, flavors, ...counts }): ProjectQuotaProps =>
    defined({
      ...counts,
      memory: sizeOf(memoryGibibytes),
      volumeStorage: sizeOf(volumeGibibytes),
      flavors: Object.fromEntries(
        Object.entries(flavors).map(([name, { vCpus, memoryGibibytes: memory }]) => [
          name,
          { vCpus, memory: Size.gibibytes(memory) },
        ]),
      ),
    }),
  ),
);

function sizeOf(gibibytes: number | undefined): Size | undefined {
  return gibibytes === undefined ? undefined : Size.gibibytes(gibibytes);
}

/** NHN Cloud. */
export const nhn = v.strictObject({
  region: decodeText((name) => Region.of(name)),
  network,
  platform,
  /** Quotas of the project. A stack that exceeds one is rejected at synthesis. @default - not checked */
  quota: v.optional(quota),
});

/** A standard OpenStack cloud. */
export const openstack = v.strictObject({
  /** URL of the identity service, including `/v3`. */
  authUrl: v.string(),
  region: v.string(),
  network,
  platform,
  /** Quotas of the project. A stack that exceeds one is rejected at synthesis. @default - not checked */
  quota: v.optional(quota),
});
