import type { Accepted } from "../accepted";

/** Of the static sites. */
export const SITE: readonly Accepted[] = [
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
