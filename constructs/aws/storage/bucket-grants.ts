import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";
import type { IBucket } from "./bucket";

/**
 * Defines what identities may do with a bucket's objects. Each grant changes the identity's policy; the bucket is untouched.
 *
 * A pattern narrows a grant to some keys. A bucket under a key of the account's own grants the key along.
 *
 * @example bucket.grants.read(role); bucket.grants.write(role, "reports/*")
 */
export class BucketGrants {
  constructor(private readonly bucket: IBucket) {}

  /** List and read. */
  read(grantee: IGrantee, keys = "*"): void {
    this.list(grantee, keys);
    this.objects(grantee, ["s3:GetObject"], keys);
    this.bucket.encryptionKey?.grants.decrypt(grantee);
  }

  /** Write, without reading or listing. */
  write(grantee: IGrantee, keys = "*"): void {
    this.objects(grantee, ["s3:PutObject"], keys);
    this.bucket.encryptionKey?.grants.encryptDecrypt(grantee);
  }

  /** Delete; where there are versions, an object can still be brought back. */
  delete(grantee: IGrantee, keys = "*"): void {
    this.objects(grantee, ["s3:DeleteObject"], keys);
  }

  /** What `aws s3 sync --delete` needs, and no more: list, write, read, delete. */
  sync(grantee: IGrantee, keys = "*"): void {
    this.list(grantee, keys);
    this.objects(grantee, ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], keys);
    this.bucket.encryptionKey?.grants.encryptDecrypt(grantee);
  }

  private list(grantee: IGrantee, keys: string): void {
    grantee.addToPolicy(
      Statement.allow({
        actions: ["s3:ListBucket"],
        resources: [this.bucket.bucketArn],
        ...(keys === "*" ? {} : { conditions: { StringLike: { "s3:prefix": keys } } }),
      }),
    );
  }

  private objects(grantee: IGrantee, actions: readonly string[], keys: string): void {
    grantee.addToPolicy(Statement.allow({ actions, resources: [`${this.bucket.bucketArn}/${keys}`] }));
  }
}
