/**
 * Limits of tags, which are the same on all resources of AWS.
 * Source: "Best practices and strategies" in the AWS Tagging user guide, and "Tag restrictions" in the EC2 user guide.
 */
export const TAG_LIMITS = {
  /** Characters of a key, at least one. */
  key: 128,
  /** Characters of a value. */
  value: 256,
  /** Tags of a resource that the user sets; those with the prefix `aws:` do not count. */
  perResource: 50,
} as const;
