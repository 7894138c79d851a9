import type { AcceptedFinding } from "../accepted-finding";

const ALL = ["*-eks-workloads"];
const LABS = ["lab-eks-workloads", "local-eks-workloads"];

/** Accepted findings of the application's workloads. */
export const WORKLOADS: readonly AcceptedFinding[] = [
  {
    check: "CKV_K8S_43",
    stacks: ALL,
    resource: "",
    reason:
      "A digest would have to be updated manually at each release. Production's repositories have immutable tags, which are equivalent; the lab's tag is `latest`.",
  },
  {
    check: "CKV_K8S_21",
    stacks: LABS,
    resource: "",
    reason: "The lab deploys its application to `default`. Production has a dedicated namespace.",
  },
  {
    check: "CKV_K8S_11",
    stacks: ALL,
    resource: "",
    reason:
      "A CPU limit throttles a pod while its node is idle, and protects no other pod: requests already distribute the CPU of a busy node. Memory has a limit, because it cannot be reclaimed from a running pod.",
  },

  // Production's services
  {
    check: "CKV_K8S_15",
    stacks: ["production-eks-workloads"],
    resource: "",
    reason:
      "An immutable tag always refers to the same image; pulling it at each start would make pods depend on the registry's availability. For `latest` it is required (KUB004).",
  },

  // The lab's services, with the lab's exact values
  {
    check: "CKV_K8S_14",
    stacks: LABS,
    resource: "",
    reason: "The lab's tag is `latest`, which is always pulled.",
  },
  ...["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"].map((check) => ({
    check,
    stacks: LABS,
    resource: "",
    reason:
      "The lab sets a CPU request only for the service that is scaled by CPU, and no memory request. Production sets both.",
  })),
  ...["CKV_K8S_28", "CKV_K8S_29", "CKV_K8S_30"].map((check) => ({
    check,
    stacks: LABS,
    resource: "",
    reason:
      "The lab's images run as root and bind to port 80. By default WebService allows neither root nor capabilities; production keeps the default.",
  })),
];
