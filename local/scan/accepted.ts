/** A finding that stays, and why. */
export interface Accepted {
  /** Id of the scanner's check. */
  readonly check: string;
  /** Stacks it is accepted in: `*` stands for any environment. */
  readonly stacks: readonly string[];
  /** Beginning of the logical names it is accepted for. */
  readonly resource: string;
  readonly reason: string;
}

/** Every finding that remains, with its reason. One that nothing has any more fails the scan, as one without a reason does. */
export const ACCEPTED: readonly Accepted[] = [
  // The network
  {
    check: "CKV_AWS_231",
    stacks: ["*-eks"],
    resource: "Network_",
    reason:
      "3389 lies among the ports 1024-65535 that answers come back to; an ACL keeps no state, so denying it would break one connection in 64,000. Security groups let no RDP in (SEC001).",
  },
  {
    check: "CKV_AWS_158",
    stacks: ["lab-eks", "local-eks"],
    resource: "Network_FlowLogs_",
    reason:
      "Flow logs hold addresses and ports, no payload; CloudWatch encrypts them with AWS's own key. FlowLogs.toCloudWatch({ encryptionKey }) takes another.",
  },
  {
    check: "CKV_AWS_338",
    stacks: ["lab-eks", "local-eks"],
    resource: "Network_FlowLogs_",
    reason: "A lab lives for days; its records are kept for thirty. Production keeps a year.",
  },

  // The lab's website is public: that is its value
  ...["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"].map((check) => ({
    check,
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason:
      "The lab's bucket answers to everybody, so nothing of its public access is blocked. Production's is private.",
  })),
  {
    check: "CKV_AWS_70",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "Everybody may read the lab's pages (PublicReadGetObject); nobody may do anything else.",
  },
  {
    check: "CKV2_AWS_6",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "The block stands and is open on purpose, see CKV_AWS_53 to 56.",
  },
  {
    check: "CKV_AWS_18",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "The lab keeps no access logs. Production does.",
  },

  // Every bucket of a site
  {
    check: "CKV2_AWS_62",
    stacks: ["*-site"],
    resource: "Site_",
    reason:
      "Nothing listens to events of a site's pages or logs. Bucket has emitsEvents for those that something listens to.",
  },
  {
    check: "CKV_AWS_144",
    stacks: ["*-site"],
    resource: "Site_",
    reason: "Pages come out of the pipeline again, in any region; a copy elsewhere would have to be paid and guarded.",
  },
  {
    check: "CKV_AWS_145",
    stacks: ["*-site"],
    resource: "Site_",
    reason:
      "Pages are for everybody to read and logs hold what readers' addresses are: SSE-S3 encrypts both at rest. Hosting.cloudFront({ encryptionKey }) takes a key of the account's own.",
  },

  // Production's site
  {
    check: "CKV2_AWS_65",
    stacks: ["production-site"],
    resource: "Site_Logs_",
    reason: "CloudFront's standard logging writes through an ACL; the bucket takes no other.",
  },
  ...["CKV_AWS_68", "CKV2_AWS_47"].map((check) => ({
    check,
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason:
      "A site of files has no code to attack; a web ACL costs by the month and the request. Hosting.cloudFront({ webAclArn }) takes one.",
  })),
  {
    check: "CKV_AWS_374",
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason: "The site is for readers everywhere. Audience.only(...) says otherwise.",
  },
  {
    check: "CKV_AWS_310",
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason: "A second origin would be a second bucket to publish to; S3 keeps each object in three zones.",
  },
  {
    check: "CKV_AWS_259",
    stacks: ["production-site"],
    resource: "Site_Distribution_Headers_",
    reason:
      "Strict transport is demanded for the site's own names. To promise it for every name below the domain, and for good, is its owner's to say: ResponseHeaders.secure({ strictTransport: \"preload\" }).",
  },
];
