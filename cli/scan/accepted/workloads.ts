import type { Accepted } from "../accepted";

const EVERYWHERE = ["*-eks-workloads"];
const LABS = ["lab-eks-workloads", "local-eks-workloads"];

/** Of what the application runs. */
export const WORKLOADS: readonly Accepted[] = [
  {
    check: "CKV_K8S_43",
    stacks: EVERYWHERE,
    resource: "",
    reason:
      "A digest would have to be written down at each release by a person. Production's repositories refuse to move a tag, so a tag there is as good; the lab's tag is `latest`.",
  },
  {
    check: "CKV_K8S_21",
    stacks: LABS,
    resource: "",
    reason: "The lab put its application into `default`. Production's has a namespace of its own.",
  },
  {
    check: "CKV_K8S_11",
    stacks: EVERYWHERE,
    resource: "",
    reason:
      "A limit of CPU slows a pod down while its node is idle, and protects nobody: requests already share out a busy one. Memory is limited, since it cannot be taken back.",
  },

  // Production's services
  {
    check: "CKV_K8S_15",
    stacks: ["production-eks-workloads"],
    resource: "",
    reason:
      "A tag that cannot move is the same image every time; asking for it at each start would let pods fail when the registry does. For `latest` it is the rule (KUB004).",
  },

  // The lab's services, value for value
  {
    check: "CKV_K8S_14",
    stacks: LABS,
    resource: "",
    reason: "The lab's tag is `latest`, and is pulled always.",
  },
  ...["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"].map((check) => ({
    check,
    stacks: LABS,
    resource: "",
    reason: "The lab gives CPU to the service that is scaled by it, and says nothing of memory. Production does.",
  })),
  ...["CKV_K8S_28", "CKV_K8S_29", "CKV_K8S_30"].map((check) => ({
    check,
    stacks: LABS,
    resource: "",
    reason:
      "The lab's images start as root and bind to port 80. By default WebService allows neither root nor capabilities; production leaves it so.",
  })),
];
