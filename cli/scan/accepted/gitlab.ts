import type { AcceptedFinding } from "../accepted-finding";

const LABS = ["lab-gitlab", "local-gitlab"];

/** Accepted findings of GitLab, its runner and its backups. */
export const GITLAB: readonly AcceptedFinding[] = [
  {
    check: "CKV_AWS_88",
    stacks: ["*-gitlab"],
    resource: "Server_Machine_",
    reason:
      "Users and pipelines connect to the server from outside. A load balancer in front of one machine would cost more than its public address.",
  },
  {
    check: "CKV_AWS_88",
    stacks: LABS,
    resource: "Runner_Machine_",
    reason:
      "The lab's network has no NAT gateway: the runner needs a public address for egress. It has no ingress. Production's runner has no public address.",
  },
  {
    check: "CKV_AWS_260",
    stacks: ["*-gitlab"],
    resource: "Server_SecurityGroup_",
    reason: "The lab uses plain HTTP. Production's port 80 serves Let's Encrypt challenges and a redirect to HTTPS.",
  },
  {
    check: "CKV_AWS_18",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason:
      "Only the server's role has access to its backups, and CloudTrail data events can record that access; a log bucket would be a third bucket to protect.",
  },
  {
    check: "CKV2_AWS_62",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason: "No consumer of backup events exists.",
  },
  {
    check: "CKV_AWS_144",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason:
      "A backup is a second copy, stored in three zones. A third copy in another region is a decision of the account's owner.",
  },
  {
    check: "CKV2_AWS_34",
    stacks: ["*-gitlab"],
    resource: "",
    reason:
      "These parameters contain the progress of a first boot; secrets are removed before it is written. Secrets are SecureString parameters that machines and operators create.",
  },

  // The lab encrypts with AWS owned keys
  {
    check: "CKV_AWS_145",
    stacks: LABS,
    resource: "Server_",
    reason: "SSE-S3 encrypts at rest. Production's backups use a customer managed key.",
  },
  {
    check: "CKV_AWS_189",
    stacks: LABS,
    resource: "Server_Data_",
    reason: "An AWS managed key encrypts the volume. Production uses a customer managed key.",
  },
];
