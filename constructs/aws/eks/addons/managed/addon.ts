import { Name } from "../../../../core/name";
import { OBJECT_NAMES } from "../../../../kubernetes/names";
import { ADD013 } from "../rules";

/** Creation order of an add-on: nodes require it to join, or it requires nodes to run. */
export type AddonOrder = "before-nodes" | "after-nodes";

/** Properties of an add-on that the library does not list. */
export interface AddonFacts {
  /** Whether it is created before or after the nodes. */
  readonly order: AddonOrder;
  /** Service account that calls AWS, as namespace and name. @default - none: the add-on does not call AWS */
  readonly serviceAccount?: readonly [namespace: string, name: string];
  /** Names of the AWS managed policies that its identity requires. @default - none */
  readonly policies?: readonly string[];
  /** Whether it works without its own identity. @default - only without a service account */
  readonly identityOptional?: boolean;
}

const CONTROL = "kube-system";

/**
 * Defines an add-on that EKS installs and maintains. Source: EKS user guide, "AWS add-ons" and "community add-ons".
 *
 * @example Addon.EBS_CSI_DRIVER; Addon.of("external-dns", { order: "after-nodes" })
 */
export class Addon {
  /** The network plugin of pods. Without its own identity it uses the role of the node. */
  static readonly VPC_CNI = new Addon("vpc-cni", {
    order: "before-nodes",
    serviceAccount: [CONTROL, "aws-node"],
    policies: ["AmazonEKS_CNI_Policy"],
    identityOptional: true,
  });
  /** Network rules of Services on each node. */
  static readonly KUBE_PROXY = new Addon("kube-proxy", { order: "before-nodes" });
  /** Provides the credentials of EKS Pod Identity to pods. */
  static readonly POD_IDENTITY_AGENT = new Addon("eks-pod-identity-agent", { order: "before-nodes" });
  /** DNS of the cluster. */
  static readonly COREDNS = new Addon("coredns", { order: "after-nodes" });
  /** CPU and memory metrics of nodes and pods, which autoscalers require. */
  static readonly METRICS_SERVER = new Addon("metrics-server", { order: "after-nodes" });
  /** Volumes on Amazon EBS. */
  static readonly EBS_CSI_DRIVER = new Addon("aws-ebs-csi-driver", {
    order: "after-nodes",
    serviceAccount: [CONTROL, "ebs-csi-controller-sa"],
    policies: ["service-role/AmazonEBSCSIDriverPolicy"],
  });
  /** Volumes on Amazon EFS. */
  static readonly EFS_CSI_DRIVER = new Addon("aws-efs-csi-driver", {
    order: "after-nodes",
    serviceAccount: [CONTROL, "efs-csi-controller-sa"],
    policies: ["service-role/AmazonEFSCSIDriverPolicy"],
  });
  /** Snapshots of volumes. */
  static readonly SNAPSHOT_CONTROLLER = new Addon("snapshot-controller", { order: "after-nodes" });
  /** Detection of unhealthy nodes. */
  static readonly NODE_MONITORING_AGENT = new Addon("eks-node-monitoring-agent", { order: "after-nodes" });
  /** Metrics and logs in CloudWatch. */
  static readonly CLOUDWATCH_OBSERVABILITY = new Addon("amazon-cloudwatch-observability", {
    order: "after-nodes",
    serviceAccount: ["amazon-cloudwatch", "cloudwatch-agent"],
    policies: ["CloudWatchAgentServerPolicy"],
  });

  /** Another add-on, by its EKS name. */
  static of(name: string, facts: AddonFacts): Addon {
    return new Addon(name, facts);
  }

  /** Whether the add-on is created before or after the nodes. */
  readonly order: AddonOrder;
  /** Service account of the add-on that needs AWS permissions; undefined when none does. */
  readonly serviceAccount: readonly [namespace: string, name: string] | undefined;
  /** AWS managed policies of its identity. */
  readonly policies: readonly string[];
  /** Whether an identity is required. */
  readonly needsIdentity: boolean;

  private constructor(
    /** Name of the add-on on EKS. */
    readonly name: string,
    facts: AddonFacts,
  ) {
    checkAddon(name, facts);
    this.order = facts.order;
    this.serviceAccount = facts.serviceAccount;
    this.policies = facts.policies ?? [];
    this.needsIdentity = facts.serviceAccount !== undefined && facts.identityOptional !== true;
  }
}

function checkAddon(name: string, { serviceAccount }: AddonFacts): void {
  const at = "Addon.of";
  if (!/^[a-zA-Z0-9][\w-]{0,99}$/.test(name))
    throw ADD013.violation({
      at,
      given: `add-on "${name}"`,
      fix: "use a name of `aws eks describe-addon-versions`, for example aws-ebs-csi-driver",
    });
  if (serviceAccount === undefined) return;
  Name.check(serviceAccount[0], OBJECT_NAMES.namespace, at);
  Name.check(serviceAccount[1], OBJECT_NAMES.serviceAccount, at);
}
