import type { AcceptedFinding } from "../accepted-finding";

/** Accepted findings of static sites. */
export const SITE: readonly AcceptedFinding[] = [
  // The lab's website is public on purpose
  ...["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"].map((check) => ({
    check,
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason:
      "The lab's bucket is a public website, so its public access is not blocked. Production's bucket is private.",
  })),
  {
    check: "CKV_AWS_70",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "The lab's pages are publicly readable (PublicReadGetObject); no other public access is allowed.",
  },
  {
    check: "CKV2_AWS_6",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "The public access block exists and is open on purpose, see CKV_AWS_53 to 56.",
  },
  {
    check: "CKV_AWS_18",
    stacks: ["lab-site", "local-site"],
    resource: "Site_Bucket_",
    reason: "The lab has no access logs. Production has.",
  },

  // Every bucket of a site
  {
    check: "CKV2_AWS_62",
    stacks: ["*-site"],
    resource: "Site_",
    reason:
      "No consumer of events of a site's pages or logs exists. Bucket has emitsEvents for buckets with consumers.",
  },
  {
    check: "CKV_AWS_144",
    stacks: ["*-site"],
    resource: "Site_",
    reason:
      "The pipeline can publish the pages again, in any region; a replica would have to be paid for and protected.",
  },
  {
    check: "CKV_AWS_145",
    stacks: ["*-site"],
    resource: "Site_",
    reason:
      "Pages are public and logs contain the addresses of readers: SSE-S3 encrypts both at rest. Hosting.cloudFront({ encryptionKey }) sets a customer managed key.",
  },

  // Production's site
  {
    check: "CKV2_AWS_65",
    stacks: ["production-site"],
    resource: "Site_Logs_",
    reason: "CloudFront's standard logging requires an ACL; the bucket accepts no other.",
  },
  ...["CKV_AWS_68", "CKV2_AWS_47"].map((check) => ({
    check,
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason:
      "A static site runs no server-side code; a web ACL is billed by month and request. Hosting.cloudFront({ webAclArn }) sets one.",
  })),
  {
    check: "CKV_AWS_374",
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason: "The site is available in all countries. Audience.only(...) restricts it.",
  },
  {
    check: "CKV_AWS_310",
    stacks: ["production-site"],
    resource: "Site_Distribution_",
    reason: "A second origin would be a second bucket to publish to; S3 stores each object in three zones.",
  },
  {
    check: "CKV_AWS_259",
    stacks: ["production-site"],
    resource: "Site_Distribution_Headers_",
    reason:
      "Strict-Transport-Security applies to the site's own names. Preloading, which is permanent and includes all subdomains, is a decision of the domain's owner: ResponseHeaders.secure({ strictTransport: \"preload\" }).",
  },
];
