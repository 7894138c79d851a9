import { AddonVersion } from "@groundwork/constructs/aws/eks/addon-version";
import { CertManagerRelease } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { LoadBalancerControllerRelease } from "@groundwork/constructs/aws/eks/addons/load-balancer-controller-release";
import { Endpoint } from "@groundwork/constructs/aws/eks/endpoint";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/kubernetes-version";
import { NodePolicy } from "@groundwork/constructs/aws/eks/node-policy";
import { Purchase } from "@groundwork/constructs/aws/eks/purchase";
import { Scaling } from "@groundwork/constructs/aws/eks/scaling";
import { Support } from "@groundwork/constructs/aws/eks/support";
import { ImageLifecycle } from "@groundwork/constructs/aws/registry/image-lifecycle";
import { ImageTags } from "@groundwork/constructs/aws/registry/image-tags";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import * as v from "valibot";
import { days, defined, network, read, region, transform } from "./values";
import { workloads } from "./workload-values";

const block = read((text) => Peer.ipv4(text));

/** From where the API server can be reached, beyond the network itself. */
const endpoint = v.pipe(
  v.variant("type", [
    v.strictObject({ type: v.literal("private") }),
    /** Beside the network: named blocks of the internet. */
    v.strictObject({ type: v.literal("private-and"), from: v.tupleWithRest([block], block) }),
    v.strictObject({ type: v.literal("open-to-the-world") }),
  ]),
  transform((data) => {
    if (data.type === "private") return Endpoint.private();
    return data.type === "private-and" ? Endpoint.privateAnd(...data.from) : Endpoint.openToTheWorld();
  }),
);

const SUPPORT = { extended: () => Support.extended(), "standard-only": () => Support.standardOnly() };

const build = read((version) => AddonVersion.pinned(version));

/** The control plane. */
const cluster = v.strictObject({
  version: read((minor) => KubernetesVersion.of(minor)),
  endpoint,
  /** What happens when standard support of the version ends: pay by the hour, or be upgraded. */
  support: v.pipe(
    v.picklist(["extended", "standard-only"]),
    transform((name) => SUPPORT[name]()),
  ),
  logRetentionDays: days,
  /** Builds of add-ons; those left out have EKS's default for the version. */
  addonVersions: v.pipe(
    v.strictObject({
      "vpc-cni": v.optional(build),
      "kube-proxy": v.optional(build),
      "eks-pod-identity-agent": v.optional(build),
      coredns: v.optional(build),
    }),
    transform((builds) => defined(builds)),
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

/** The machines. */
const nodes = v.pipe(
  v.strictObject({
    /** Exact name; without one the group can be replaced with no gap. */
    name: v.optional(v.string()),
    instanceTypes: v.tupleWithRest([v.string()], v.string()),
    min: v.number(),
    desired: v.number(),
    max: v.number(),
    diskGibibytes: v.number(),
    purchase: v.picklist(["on-demand", "spot"]),
    /** Rights of whole nodes, as eksctl names them. None: pods have roles of their own. */
    nodePolicies: v.array(v.picklist(["imageBuilder", "awsLoadBalancerController", "cloudWatch", "autoScaler", "ebs"])),
  }),
  transform((data) => ({
    ...defined({ nodeGroupName: data.name }),
    instanceTypes: data.instanceTypes,
    scaling: Scaling.between(data.min, data.max, { desired: data.desired }),
    disk: Size.gibibytes(data.diskGibibytes),
    purchase: PURCHASES[data.purchase](),
    nodePolicies: data.nodePolicies.map((name) => NODE_POLICIES[name]),
  })),
);

const IMAGE_TAGS = { immutable: () => ImageTags.immutable(), mutable: () => ImageTags.mutable() };

/** One repository for container images. */
const repository = v.pipe(
  v.strictObject({
    name: v.string(),
    tags: v.picklist(["immutable", "mutable"]),
    keepImages: v.number(),
    /** Whether destroying the stack destroys the images. */
    forceDelete: v.boolean(),
  }),
  transform((data) => ({
    repositoryName: data.name,
    imageTags: IMAGE_TAGS[data.tags](),
    lifecycle: ImageLifecycle.keep({ images: data.keepImages }),
    forceDelete: data.forceDelete,
  })),
);

/** What runs in the cluster beside the application. */
const addons = v.strictObject({
  loadBalancerController: v.strictObject({
    release: read((version) => LoadBalancerControllerRelease.of(version)),
    /** Exact name of its policy. */
    policyName: v.optional(v.string()),
  }),
  /** Only where something asks for it: the lab's controller gets its webhook's certificate from here. */
  certManager: v.optional(
    v.pipe(
      v.strictObject({ version: v.string(), unsupported: v.boolean() }),
      transform(({ version, unsupported }) =>
        unsupported ? CertManagerRelease.unsupported(version) : CertManagerRelease.of(version),
      ),
    ),
  ),
  containerInsights: v.strictObject({
    retentionDays: days,
    fluentBitPort: v.optional(v.number()),
    enhancedMetrics: v.boolean(),
  }),
});

/** The web application on Amazon EKS. */
export const eks = v.strictObject({
  region,
  /** Name of the cluster; subnets are tagged for it. */
  clusterName: v.string(),
  network,
  cluster,
  /** Who may do everything in the cluster, by a noun: ARNs of roles, or `"caller"` for whoever deploys. */
  admins: v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Platform")), v.string()),
  nodes,
  /** Repositories by a noun. */
  repositories: v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]*$/, "write a noun such as Backend")), repository),
  /** How pods come to roles. */
  identities: v.picklist(["pod-identity", "irsa"]),
  addons,
  workloads,
});
