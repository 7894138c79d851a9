import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";
import type { IBucket } from "./bucket";

/**
 * Defines grants of a bucket's permissions. A grant changes the policy of the identity, not the bucket.
 *
 * A pattern such as `reports/*` restricts a grant to matching object keys. A grant includes the bucket's encryption key.
 *
 * @example bucket.grants.read(role); bucket.grants.write(role, "reports/*")
 */
export class BucketGrants {
  constructor(private readonly bucket: IBucket) {}

  /** Grants listing and reading. */
  read(grantee: IGrantee, keys = "*"): void {
    this.list(grantee, keys);
    this.objects(grantee, ["s3:GetObject"], keys);
    this.bucket.encryptionKey?.grants.decrypt(grantee);
  }

  /** Grants writing, without reading or listing. */
  write(grantee: IGrantee, keys = "*"): void {
    this.objects(grantee, ["s3:PutObject"], keys);
    this.bucket.encryptionKey?.grants.encryptDecrypt(grantee);
  }

  /** Grants deletion of objects, not of versions: in a versioned bucket, a deleted object can be restored. */
  delete(grantee: IGrantee, keys = "*"): void {
    this.objects(grantee, ["s3:DeleteObject"], keys);
  }

  /** Grants exactly the permissions that `aws s3 sync --delete` needs: list, write, read, delete. */
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
