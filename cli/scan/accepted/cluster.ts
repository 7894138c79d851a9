import type { Accepted } from "../accepted";

const LABS = ["lab-eks", "local-eks"];

/** Of clusters, their registries and what runs beside the application. */
export const CLUSTER: readonly Accepted[] = [
  ...["CKV_AWS_38", "CKV_AWS_39"].map((check) => ({
    check,
    stacks: LABS,
    resource: "Cluster_",
    reason:
      "The lab's tool left the API server open to the world; the environment says so by a word. Production names blocks.",
  })),
  {
    check: "CKV_AWS_58",
    stacks: LABS,
    resource: "Cluster_",
    reason:
      "EKS encrypts what the API server stores with AWS's own key in any case since Kubernetes 1.28. Production has a key of the account's.",
  },
  ...["CKV_AWS_158", "CKV_AWS_338"].map((check) => ({
    check,
    stacks: LABS,
    resource: "Cluster_LogGroup_",
    reason:
      "A lab lives for days: its records are kept for thirty, under CloudWatch's own key. Production keeps a year, under a key of the account's.",
  })),
  ...["FlaskBackend_", "Frontend_"].flatMap((resource) => [
    {
      check: "CKV_AWS_51",
      stacks: LABS,
      resource,
      reason: "The lab's tag is `latest`, which moves. Production's tags stay where they are.",
    },
    {
      check: "CKV_AWS_136",
      stacks: LABS,
      resource,
      reason: "ECR encrypts with AES-256 in any case. Production's repositories take the account's key.",
    },
  ]),
  {
    check: "CKV_AWS_158",
    stacks: LABS.map((stack) => `${stack}-addons`),
    resource: "ContainerInsights_",
    reason: "CloudWatch encrypts with its own key in any case. Production's groups take the account's.",
  },
  {
    check: "CKV_AWS_338",
    stacks: ["*-eks-addons"],
    resource: "ContainerInsights_",
    reason:
      "Logs and metrics of applications are looked at for weeks and paid by the gigabyte. What has to be answered for after a year, who did what in the cluster, is in the control plane's records, which production keeps that long.",
  },

  // Production's cluster
  {
    check: "CKV_AWS_39",
    stacks: ["production-eks"],
    resource: "Cluster_",
    reason:
      'Beside the network one named block reaches the API server, so that a pipeline outside can deploy. endpoint: { type: "private" } closes it.',
  },
  {
    check: "CKV_AWS_339",
    stacks: ["production-eks"],
    resource: "Cluster_",
    reason:
      "checkov 3.2.459 knows no version that came after it. EKS supports 1.35; KubernetesVersion warns before support ends, and refuses after.",
  },
];
