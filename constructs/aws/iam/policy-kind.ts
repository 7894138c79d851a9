/**
 * Defines what a policy document is for, and with it how long it may be and what its statements must name.
 *
 * Sizes: IAM's quotas page (managed, inline, trust) and the services' own limits (S3 20 kB, KMS 32 kB, endpoint 20,480).
 */
export class PolicyKind {
  /** A policy with an ARN of its own. */
  static readonly MANAGED = new PolicyKind("managed policy", 6_144, "identity");
  /** A policy that lives in one role; the limit is on the sum of a role's inline policies. */
  static readonly INLINE = new PolicyKind("inline policy", 10_240, "identity");
  /** Who may take on a role. The quota can be doubled on request. */
  static readonly TRUST = new PolicyKind("trust policy", 2_048, "trust");
  /** An S3 bucket's policy. */
  static readonly BUCKET = new PolicyKind("bucket policy", 20_480, "resource");
  /** A KMS key's policy. */
  static readonly KEY = new PolicyKind("key policy", 32_768, "resource");
  /** A VPC endpoint's policy. */
  static readonly ENDPOINT = new PolicyKind("endpoint policy", 20_480, "resource");

  private constructor(
    readonly noun: string,
    /** Longest document in characters; white space is not counted, and none is written. */
    readonly maxLength: number,
    /** An `identity` policy names resources and no party, `trust` parties and no resource, `resource` both. */
    readonly attachedTo: "identity" | "trust" | "resource",
  ) {}
}
