import type { AcceptedFinding } from "../accepted-finding";

const LABS = ["lab-eks", "local-eks", "lab-gitlab", "local-gitlab"];

/** Accepted findings of networks. */
export const NETWORK: readonly AcceptedFinding[] = [
  {
    check: "CKV_AWS_231",
    stacks: ["*-eks", "*-gitlab"],
    resource: "Network_",
    reason:
      "3389 is one of the ephemeral ports 1024-65535 that receive responses; a network ACL is stateless, so denying it would break one connection in 64,000. Security groups do not allow RDP (SEC001).",
  },
  {
    check: "CKV_AWS_158",
    stacks: LABS,
    resource: "Network_FlowLogs_",
    reason:
      "Flow logs contain addresses and ports, no payload; CloudWatch encrypts them with its own key. FlowLogs.toCloudWatch({ encryptionKey }) sets another key.",
  },
  {
    check: "CKV_AWS_338",
    stacks: LABS,
    resource: "Network_FlowLogs_",
    reason: "A lab exists for days; its logs are retained for 30 days. Production retains them for a year.",
  },
];
