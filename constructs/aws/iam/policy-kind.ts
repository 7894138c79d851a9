/**
 * Defines the kind of a policy document, which determines its maximum length and the required parts of its statements.
 *
 * Sizes: IAM quotas page (managed, inline, trust) and service limits (S3 20 kB, KMS 32 kB, endpoint 20,480).
 */
export class PolicyKind {
  /** A managed policy, with its own ARN. */
  static readonly MANAGED = new PolicyKind("managed policy", 6_144, "identity");
  /** An inline policy of a role. The limit applies to the sum of a role's inline policies. */
  static readonly INLINE = new PolicyKind("inline policy", 10_240, "identity");
  /** The trust policy of a role. The quota can be doubled on request. */
  static readonly TRUST = new PolicyKind("trust policy", 2_048, "trust");
  /** An S3 bucket policy. */
  static readonly BUCKET = new PolicyKind("bucket policy", 20_480, "resource");
  /** A KMS key policy. */
  static readonly KEY = new PolicyKind("key policy", 32_768, "resource");
  /** A VPC endpoint policy. */
  static readonly ENDPOINT = new PolicyKind("endpoint policy", 20_480, "resource");

  private constructor(
    /** Name of the kind in errors. */
    readonly label: string,
    /** Maximum length in characters. White space does not count, and none is rendered. */
    readonly maxLength: number,
    /** Statements name resources only (`identity`), principals only (`trust`), or both (`resource`). */
    readonly attachedTo: "identity" | "trust" | "resource",
  ) {}
}
