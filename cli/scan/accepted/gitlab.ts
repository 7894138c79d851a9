import type { Accepted } from "../accepted";

const LABS = ["lab-gitlab", "local-gitlab"];

/** Of GitLab, its runner and its backups. */
export const GITLAB: readonly Accepted[] = [
  {
    check: "CKV_AWS_88",
    stacks: ["*-gitlab"],
    resource: "Server_Machine_",
    reason:
      "People and pipelines reach the server from outside. A load balancer before one machine would cost more than the machine's address.",
  },
  {
    check: "CKV_AWS_88",
    stacks: LABS,
    resource: "Runner_Machine_",
    reason:
      "The lab's network has no NAT: an address is how the runner gets out. Nothing comes in; production's has none.",
  },
  {
    check: "CKV_AWS_260",
    stacks: ["*-gitlab"],
    resource: "Server_SecurityGroup_",
    reason:
      "The lab speaks plain HTTP. Production's port 80 answers two things: Let's Encrypt, which proves the name there, and a redirect to HTTPS.",
  },
  {
    check: "CKV_AWS_18",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason:
      "Only the server's role reaches its backups, and CloudTrail records what a role does with data where it is asked to; a log bucket beside would be a third bucket to guard.",
  },
  {
    check: "CKV2_AWS_62",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason: "Nothing listens to events of backups.",
  },
  {
    check: "CKV_AWS_144",
    stacks: ["*-gitlab"],
    resource: "Server_",
    reason:
      "A backup is a second copy already, in three zones. A third one in another region is the account's to decide and to pay.",
  },
  {
    check: "CKV2_AWS_34",
    stacks: ["*-gitlab"],
    resource: "",
    reason:
      "These parameters tell how a first boot goes, with every secret taken out of it before it is written. Secrets are SecureStrings that machines and people make.",
  },

  // The lab encrypts with AWS's own keys
  {
    check: "CKV_AWS_145",
    stacks: LABS,
    resource: "Server_",
    reason: "SSE-S3 encrypts at rest. Production's backups take the account's key.",
  },
  {
    check: "CKV_AWS_189",
    stacks: LABS,
    resource: "Server_Data_",
    reason: "AWS's own key encrypts the volume. Production's takes the account's.",
  },
];
