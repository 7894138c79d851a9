import { Annotations } from "cdktf";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IEncryptionKey } from "../encryption/encryption-key";
import type { Statement } from "../iam/statement";
import type { BucketAttributes, IBucket } from "./bucket";
import { BucketGrants } from "./bucket-grants";

/** A bucket that is kept elsewhere. Made by `Bucket.fromAttributes`. */
export class ImportedBucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly bucketRegionalDomainName: string;
  readonly encryptionKey: IEncryptionKey | undefined;
  readonly grants: BucketGrants;
  readonly settled = [];

  constructor(scope: Construct, id: string, attributes: BucketAttributes) {
    super(scope, id);
    const { bucketName, region } = attributes;
    this.bucketName = bucketName;
    this.bucketArn = attributes.bucketArn ?? `arn:aws:s3:::${bucketName}`;
    this.bucketRegionalDomainName = `${bucketName}.s3.${region}.amazonaws.com`;
    this.encryptionKey = attributes.encryptionKey;
    this.grants = new BucketGrants(this);
  }

  addToPolicy(...statements: readonly Statement[]): readonly ITerraformDependable[] {
    for (const statement of statements)
      Annotations.of(this).addWarning(
        `the policy of bucket ${this.bucketName} is kept elsewhere and must hold: ${JSON.stringify(statement.render())}`,
      );
    return [];
  }
}
