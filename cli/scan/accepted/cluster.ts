import type { AcceptedFinding } from "../accepted-finding";

const LABS = ["lab-eks", "local-eks"];

/** Accepted findings of clusters, image repositories and add-ons. */
export const CLUSTER: readonly AcceptedFinding[] = [
  ...["CKV_AWS_38", "CKV_AWS_39"].map((check) => ({
    check,
    stacks: LABS,
    resource: "Cluster_",
    reason:
      "The lab's tool left the API server open to the internet; the environment configures this explicitly. Production allows named CIDR blocks.",
  })),
  {
    check: "CKV_AWS_58",
    stacks: LABS,
    resource: "Cluster_",
    reason:
      "EKS encrypts the API server's data with an AWS-owned key by default since Kubernetes 1.28. Production uses a customer managed key.",
  },
  ...["CKV_AWS_158", "CKV_AWS_338"].map((check) => ({
    check,
    stacks: LABS,
    resource: "Cluster_LogGroup_",
    reason:
      "A lab exists for days: its logs are retained for 30 days and encrypted with CloudWatch's own key. Production retains them for a year and uses a customer managed key.",
  })),
  ...["FlaskBackend_", "Frontend_"].flatMap((resource) => [
    {
      check: "CKV_AWS_51",
      stacks: LABS,
      resource,
      reason: "The lab's tag is `latest`, which is mutable. Production's tags are immutable.",
    },
    {
      check: "CKV_AWS_136",
      stacks: LABS,
      resource,
      reason: "ECR encrypts with AES-256 by default. Production's repositories use a customer managed key.",
    },
  ]),
  {
    check: "CKV_AWS_158",
    stacks: LABS.map((stack) => `${stack}-addons`),
    resource: "ContainerInsights_",
    reason: "CloudWatch encrypts with its own key by default. Production's log groups use a customer managed key.",
  },
  {
    check: "CKV_AWS_338",
    stacks: ["*-eks-addons"],
    resource: "ContainerInsights_",
    reason:
      "Application logs and metrics are used for weeks and billed by the gigabyte. Audit logs, which are needed for a year, are control plane logs, and production retains those for a year.",
  },

  // Production's cluster
  {
    check: "CKV_AWS_39",
    stacks: ["production-eks"],
    resource: "Cluster_",
    reason:
      'One named CIDR block outside of the network can reach the API server, so that an external pipeline can deploy. endpoint: { type: "private" } closes it.',
  },
  {
    check: "CKV_AWS_339",
    stacks: ["production-eks"],
    resource: "Cluster_",
    reason:
      "checkov 3.2.459 does not know later versions. EKS supports 1.35; KubernetesVersion warns before the end of support and rejects the version afterwards.",
  },
];
