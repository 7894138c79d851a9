/** A finding that stays, and why. */
export interface Accepted {
  /** Id of the scanner's check. */
  readonly check: string;
  /** Stacks it is accepted in: `*` stands for any environment. */
  readonly stacks: readonly string[];
  /** Beginning of the addresses it is accepted for. */
  readonly resource: string;
  readonly reason: string;
}

/** Every finding that remains, with its reason. One that nothing has any more fails the scan, as one without a reason does. */
export const ACCEPTED: readonly Accepted[] = [
  {
    check: "CKV_AWS_231",
    stacks: ["*-eks"],
    resource: "aws_network_acl.Network_",
    reason:
      "3389 lies among the ports 1024-65535 that answers come back to; an ACL keeps no state, so denying it would break one connection in 64,000. Security groups let no RDP in (SEC001).",
  },
  {
    check: "CKV_AWS_158",
    stacks: ["*-eks"],
    resource: "aws_cloudwatch_log_group.Network_FlowLogs_",
    reason:
      "Flow logs hold addresses and ports, no payload; CloudWatch encrypts them with AWS's own key. FlowLogs.toCloudWatch({ encryptionKey }) takes another.",
  },
];
