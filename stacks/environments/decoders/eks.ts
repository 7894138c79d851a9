import {
  AddonVersion,
  Dockerfile,
  Endpoint,
  GitSource,
  ImageLifecycle,
  ImagePlatform,
  ImageTags,
  KubernetesVersion,
  NodePolicy,
  Purchase,
  Scaling,
  Support,
} from "@groundwork/constructs/aws";
import { CertManagerRelease, LoadBalancerControllerRelease } from "@groundwork/constructs/aws/eks/addons";
import { defined, Peer, Size } from "@groundwork/constructs/core";
import * as v from "valibot";
import { days, region } from "./common";
import { decodeText, decodeWith } from "./decode";
import { network } from "./network";
import { workloads } from "./workloads";

const block = decodeText((text) => Peer.ipv4(text));

/** Sources that can reach the API server in addition to the network itself. */
const endpoint = v.pipe(
  v.variant("type", [
    v.strictObject({ type: v.literal("private") }),
    /** The network and the listed public blocks. */
    v.strictObject({ type: v.literal("private-and"), from: v.tupleWithRest([block], block) }),
    v.strictObject({ type: v.literal("open-to-the-world") }),
  ]),
  decodeWith((data) => {
    if (data.type === "private") return Endpoint.private();
    return data.type === "private-and" ? Endpoint.privateAnd(...data.from) : Endpoint.openToTheWorld();
  }),
);

const SUPPORT = { extended: () => Support.extended(), "standard-only": () => Support.standardOnly() };

const build = decodeText((version) => AddonVersion.pinned(version));

/** The control plane. */
const cluster = v.strictObject({
  version: decodeText((minor) => KubernetesVersion.of(minor)),
  endpoint,
  /** At the end of the version's standard support: pay extended support by the hour, or let AWS upgrade. */
  support: v.pipe(
    v.picklist(["extended", "standard-only"]),
    decodeWith((name) => SUPPORT[name]()),
  ),
  logRetentionDays: days,
  /** Builds of add-ons. @default - EKS's default build for the Kubernetes version */
  addonVersions: v.pipe(
    v.strictObject({
      "vpc-cni": v.optional(build),
      "kube-proxy": v.optional(build),
      "eks-pod-identity-agent": v.optional(build),
      coredns: v.optional(build),
    }),
    decodeWith((builds) => defined(builds)),
  ),
});

const PURCHASES = { "on-demand": () => Purchase.onDemand(), spot: () => Purchase.spot() };

const NODE_POLICIES = {
  imageBuilder: NodePolicy.IMAGE_BUILDER,
  awsLoadBalancerController: NodePolicy.LOAD_BALANCER_CONTROLLER,
  cloudWatch: NodePolicy.CLOUD_WATCH,
  autoScaler: NodePolicy.AUTO_SCALER,
  ebs: NodePolicy.EBS,
};

const SCALINGS = {
  autoscaler: (...bounds: Parameters<typeof Scaling.between>) => Scaling.between(...bounds),
  code: (...bounds: Parameters<typeof Scaling.manual>) => Scaling.manual(...bounds),
};

/** The node group. */
const nodes = v.pipe(
  v.strictObject({
    /** Exact name. Without it the group can be replaced without a gap. */
    name: v.optional(v.string()),
    instanceTypes: v.tupleWithRest([v.string()], v.string()),
    min: v.number(),
    desired: v.number(),
    max: v.number(),
    /**
     * What sets the number of nodes after creation. `code` sets `desired` at every apply; use it without an autoscaler, and for the
     * one apply that moves `min` or `max` past the current number of nodes. @default "autoscaler"
     */
    scaledBy: v.optional(v.picklist(["autoscaler", "code"])),
    diskGibibytes: v.number(),
    purchase: v.picklist(["on-demand", "spot"]),
    /** Permissions of all pods on a node, by eksctl's names. Empty: each pod uses a role of its own. */
    nodePolicies: v.array(v.picklist(["imageBuilder", "awsLoadBalancerController", "cloudWatch", "autoScaler", "ebs"])),
  }),
  decodeWith((data) => ({
    ...defined({ nodeGroupName: data.name }),
    instanceTypes: data.instanceTypes,
    scaling: SCALINGS[data.scaledBy ?? "autoscaler"](data.min, data.max, { desired: data.desired }),
    disk: Size.gibibytes(data.diskGibibytes),
    purchase: PURCHASES[data.purchase](),
    nodePolicies: data.nodePolicies.map((name) => NODE_POLICIES[name]),
  })),
);

const IMAGE_TAGS = { immutable: () => ImageTags.immutable(), mutable: () => ImageTags.mutable() };

const PLATFORMS = { "linux/amd64": ImagePlatform.LINUX_AMD64, "linux/arm64": ImagePlatform.LINUX_ARM64 };

/** How `groundwork images build` builds the image of a repository. */
const imageBuild = v.pipe(
  v.strictObject({
    /** HTTPS address of a public Git repository. */
    source: v.string(),
    /** A complete commit hash, a tag or a branch. */
    revision: v.string(),
    /** Lines of a Dockerfile that takes the place of the source's own. @default - `Dockerfile` at the top of the source */
    dockerfile: v.optional(v.array(v.string())),
    /** Path of the Dockerfile within the source. @default - `Dockerfile` */
    dockerfilePath: v.optional(v.string()),
    /** Values of the Dockerfile's `ARG` instructions, without secrets. @default - none */
    arguments: v.optional(v.record(v.string(), v.string())),
    /** Platforms of the image: those of the nodes. @default - linux/amd64 */
    platforms: v.optional(v.array(v.picklist(["linux/amd64", "linux/arm64"]))),
    /** Tag of the image. @default - the first 12 digits of the commit */
    tag: v.optional(v.string()),
  }),
  v.check(
    ({ dockerfile, dockerfilePath }) => dockerfile === undefined || dockerfilePath === undefined,
    "write the lines of the Dockerfile or its path, not both",
  ),
  decodeWith((data) => ({
    source: GitSource.of(data.source, data.revision),
    ...defined({
      dockerfile: dockerfileOf(data),
      buildArguments: data.arguments,
      platforms: data.platforms?.map((name) => PLATFORMS[name]),
      tag: data.tag,
    }),
  })),
);

function dockerfileOf(data: { dockerfile?: string[] | undefined; dockerfilePath?: string | undefined }) {
  if (data.dockerfile !== undefined) return Dockerfile.ofText(data.dockerfile.join("\n"));
  return data.dockerfilePath === undefined ? undefined : Dockerfile.at(data.dockerfilePath);
}

/** A repository for container images. */
const repository = v.pipe(
  v.strictObject({
    name: v.string(),
    tags: v.picklist(["immutable", "mutable"]),
    keepImages: v.number(),
    /** Whether destroying the stack deletes the images. */
    forceDelete: v.boolean(),
    /** @default - the images are pushed or promoted from elsewhere */
    build: v.optional(imageBuild),
  }),
  decodeWith((data) => ({
    build: data.build,
    settings: {
      repositoryName: data.name,
      imageTags: IMAGE_TAGS[data.tags](),
      lifecycle: ImageLifecycle.keep({ images: data.keepImages }),
      forceDelete: data.forceDelete,
    },
  })),
);

/** Controllers and agents in the cluster. */
export const addons = v.strictObject({
  /** Controller that creates load balancers for Ingresses; `workloads` need it. @default - no controller */
  loadBalancerController: v.optional(
    v.strictObject({
      release: decodeText((version) => LoadBalancerControllerRelease.of(version)),
      /** Exact name of its policy. @default - a name derived from the stack */
      policyName: v.optional(v.string()),
    }),
  ),
  /** Only where something asks for it: the lab's controller gets its webhook's certificate from here. */
  certManager: v.optional(
    v.pipe(
      v.strictObject({ version: v.string(), unsupported: v.boolean() }),
      decodeWith(({ version, unsupported }) =>
        unsupported ? CertManagerRelease.unsupported(version) : CertManagerRelease.of(version),
      ),
    ),
  ),
  /** Metrics and logs of nodes and pods in CloudWatch. @default - neither */
  containerInsights: v.optional(
    v.strictObject({
      /** Days; one of those that CloudWatch has, for example 30 or 365. */
      retentionDays: days,
      /** Port of Fluent Bit's own metrics on each node. @default - none */
      fluentBitPort: v.optional(v.number()),
      /** Metrics of each container, at a higher price. */
      enhancedMetrics: v.boolean(),
    }),
  ),
});

/** The web application on Amazon EKS. */
export const eks = v.strictObject({
  region,
  /** Name of the cluster; subnets carry a tag with it. */
  clusterName: v.string(),
  network,
  cluster,
  /** Administrators of the cluster by a name: ARNs of roles, or `"caller"` for the deployer. @default - none */
  admins: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Platform")), v.string()),
    {},
  ),
  nodes,
  /** Repositories by a name, which becomes part of the construct id. @default - none */
  repositories: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Backend")), repository),
    {},
  ),
  /** How pods assume roles. */
  identities: v.picklist(["pod-identity", "irsa"]),
  /** @default - only the controllers and agents of the cluster itself, and no workloads */
  addons: v.optional(addons),
  /** Requires `addons`. @default - no services */
  workloads: v.optional(workloads),
});
