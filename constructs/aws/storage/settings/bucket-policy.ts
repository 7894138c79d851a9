import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { PolicyDocument } from "../../iam/policy-document";
import { PolicyKind } from "../../iam/policy-kind";
import { Principal } from "../../iam/principal";
import { Statement } from "../../iam/statement";
import type { PublicAccess } from "./public-access";
import { STO003 } from "../rules";

export interface BucketPolicyProps {
  readonly bucket: S3Bucket;
  readonly publicAccess: PublicAccess;
  /** Resources that must exist before the policy: S3 evaluates a new policy against the current public access block. */
  readonly after: readonly ITerraformDependable[];
}

/** Defines the single policy of a bucket, created with the first statement. Created by `Bucket`. */
export class BucketPolicy extends Construct {
  private document = PolicyDocument.of();
  private resource: S3BucketPolicy | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: BucketPolicyProps,
  ) {
    super(scope, id);
  }

  /** Adds statements and returns the policy resource, for `dependsOn` of resources that need them. */
  add(statements: readonly Statement[]): ITerraformDependable {
    if (this.settings.publicAccess.isBlocked && statements.some((statement) => statement.isPublic))
      throw STO003.violation({
        at: this,
        given: "a statement for anyone on a bucket that blocks public access",
        fix: "set publicAccess: PublicAccess.possible(), or serve the bucket through CloudFront",
      });
    const document = this.document.with(...statements);
    document.toJson(PolicyKind.BUCKET, this);
    this.document = document;
    this.resource ??= this.createResource();
    return this.resource;
  }

  /** Denies all requests without TLS. */
  denyPlainHttp(): void {
    const { arn } = this.settings.bucket;
    this.add([
      Statement.deny({
        sid: "TlsOnly",
        actions: ["s3:*"],
        resources: [arn, `${arn}/*`],
        principals: [Principal.anyone()],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ]);
  }

  private createResource(): S3BucketPolicy {
    const policy = new S3BucketPolicy(this, "Resource", {
      bucket: this.settings.bucket.id,
      policy: Lazy.stringValue({ produce: () => this.document.toJson(PolicyKind.BUCKET, this) }),
      dependsOn: [...this.settings.after],
    });
    this.node.defaultChild = policy;
    return policy;
  }
}
