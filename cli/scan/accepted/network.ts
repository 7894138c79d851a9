import type { Accepted } from "../accepted";

const LABS = ["lab-eks", "local-eks", "lab-gitlab", "local-gitlab"];

/** Of every network. */
export const NETWORK: readonly Accepted[] = [
  {
    check: "CKV_AWS_231",
    stacks: ["*-eks", "*-gitlab"],
    resource: "Network_",
    reason:
      "3389 lies among the ports 1024-65535 that answers come back to; an ACL keeps no state, so denying it would break one connection in 64,000. Security groups let no RDP in (SEC001).",
  },
  {
    check: "CKV_AWS_158",
    stacks: LABS,
    resource: "Network_FlowLogs_",
    reason:
      "Flow logs hold addresses and ports, no payload; CloudWatch encrypts them with AWS's own key. FlowLogs.toCloudWatch({ encryptionKey }) takes another.",
  },
  {
    check: "CKV_AWS_338",
    stacks: LABS,
    resource: "Network_FlowLogs_",
    reason: "A lab lives for days; its records are kept for thirty. Production keeps a year.",
  },
];
