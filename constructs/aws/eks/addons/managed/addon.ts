/** When an add-on is made: nodes need it to join, or it needs nodes to run on. */
export type AddonOrder = "before-nodes" | "after-nodes";

/** What has to be known of an add-on that is not in the list. */
export interface AddonFacts {
  readonly order: AddonOrder;
  /** Service account that calls AWS, as namespace and name. @default - the add-on calls nothing of AWS */
  readonly serviceAccount?: readonly [namespace: string, name: string];
  /** Policies of AWS that its identity needs. @default - none, or grants of yours */
  readonly policies?: readonly string[];
  /** Whether it can do without an identity of its own. @default - when it has no service account */
  readonly identityOptional?: boolean;
}

const CONTROL = "kube-system";

/**
 * Defines an add-on that EKS installs and keeps. Source: EKS user guide, "AWS add-ons" and "community add-ons".
 *
 * @example Addon.EBS_CSI_DRIVER; Addon.of("external-dns", { order: "after-nodes" })
 */
export class Addon {
  /** Gives pods their addresses. Without an identity of its own it has the node's, before there are any pods. */
  static readonly VPC_CNI = new Addon("vpc-cni", {
    order: "before-nodes",
    serviceAccount: [CONTROL, "aws-node"],
    policies: ["AmazonEKS_CNI_Policy"],
    identityOptional: true,
  });
  static readonly KUBE_PROXY = new Addon("kube-proxy", { order: "before-nodes" });
  /** Hands roles to pods. */
  static readonly POD_IDENTITY_AGENT = new Addon("eks-pod-identity-agent", { order: "before-nodes" });
  static readonly COREDNS = new Addon("coredns", { order: "after-nodes" });
  static readonly METRICS_SERVER = new Addon("metrics-server", { order: "after-nodes" });
  static readonly EBS_CSI_DRIVER = new Addon("aws-ebs-csi-driver", {
    order: "after-nodes",
    serviceAccount: [CONTROL, "ebs-csi-controller-sa"],
    policies: ["service-role/AmazonEBSCSIDriverPolicy"],
  });
  static readonly EFS_CSI_DRIVER = new Addon("aws-efs-csi-driver", {
    order: "after-nodes",
    serviceAccount: [CONTROL, "efs-csi-controller-sa"],
    policies: ["service-role/AmazonEFSCSIDriverPolicy"],
  });
  static readonly SNAPSHOT_CONTROLLER = new Addon("snapshot-controller", { order: "after-nodes" });
  static readonly NODE_MONITORING_AGENT = new Addon("eks-node-monitoring-agent", { order: "after-nodes" });
  static readonly CLOUDWATCH_OBSERVABILITY = new Addon("amazon-cloudwatch-observability", {
    order: "after-nodes",
    serviceAccount: ["amazon-cloudwatch", "cloudwatch-agent"],
    policies: ["CloudWatchAgentServerPolicy"],
  });

  /** Any other add-on. */
  static of(name: string, facts: AddonFacts): Addon {
    return new Addon(name, facts);
  }

  readonly order: AddonOrder;
  readonly serviceAccount: readonly [namespace: string, name: string] | undefined;
  readonly policies: readonly string[];
  /** Whether it has to be said whose identity it has. */
  readonly needsIdentity: boolean;

  private constructor(
    readonly name: string,
    facts: AddonFacts,
  ) {
    this.order = facts.order;
    this.serviceAccount = facts.serviceAccount;
    this.policies = facts.policies ?? [];
    this.needsIdentity = facts.serviceAccount !== undefined && facts.identityOptional !== true;
  }
}
