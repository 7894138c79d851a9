import { POLICY_LENGTH } from "../limits";

/**
 * Defines the kind of a policy document, which determines its maximum length and the required parts of its statements.
 */
export class PolicyKind {
  /** A managed policy, with its own ARN. */
  static readonly MANAGED = new PolicyKind("managed policy", POLICY_LENGTH.managed, "identity");
  /** An inline policy of a role. The limit applies to the sum of a role's inline policies. */
  static readonly INLINE = new PolicyKind("inline policy", POLICY_LENGTH.inline, "identity");
  /** The trust policy of a role. The quota can be doubled on request. */
  static readonly TRUST = new PolicyKind("trust policy", POLICY_LENGTH.trust, "trust");
  /** An S3 bucket policy. */
  static readonly BUCKET = new PolicyKind("bucket policy", POLICY_LENGTH.bucket, "resource");
  /** A KMS key policy. */
  static readonly KEY = new PolicyKind("key policy", POLICY_LENGTH.key, "resource");
  /** A VPC endpoint policy. */
  static readonly ENDPOINT = new PolicyKind("endpoint policy", POLICY_LENGTH.endpoint, "resource");

  /** The policy of an EFS file system. */
  static readonly FILE_SYSTEM = new PolicyKind("file system policy", POLICY_LENGTH.fileSystem, "resource");

  private constructor(
    /** Name of the kind in errors. */
    readonly label: string,
    /** Maximum length in characters. White space does not count, and none is rendered. */
    readonly maxLength: number,
    /** Statements name resources only (`identity`), principals only (`trust`), or both (`resource`). */
    readonly attachedTo: "identity" | "trust" | "resource",
  ) {}
}
