import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Bucket } from "@groundwork/constructs/aws/storage/bucket";
import type { BucketGrants } from "@groundwork/constructs/aws/storage/bucket-grants";
import { defined } from "@groundwork/constructs/core/defined";
import { awsStack, resource } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

const BUCKET = "arn:aws:s3:::my-files";

/** Statements in the policy of a role after a grant on an existing bucket. */
function granted(grant: (grants: BucketGrants, role: Role) => void, key?: "key") {
  const stack = awsStack();
  const role = new Role(stack, "Reader", { trust: TrustPolicy.service("ec2.amazonaws.com") });
  const bucket = Bucket.fromAttributes(stack, "Files", {
    bucketName: "my-files",
    region: "us-west-2",
    ...(key && { encryptionKey: EncryptionKey.fromArn(stack, "Key", "arn:aws:kms:us-west-2:111122223333:key/1") }),
  });
  grant(bucket.grants, role);
  return statementsOf(resource(stack, IamRolePolicy)).map(({ Action, Resource, Condition }) => ({
    Action,
    Resource,
    ...defined({ Condition }),
  }));
}

describe("BucketGrants", () => {
  test("read grants listing and reading", () => {
    expect(granted((grants, role) => grants.read(role))).toEqual([
      { Action: "s3:ListBucket", Resource: BUCKET },
      { Action: "s3:GetObject", Resource: `${BUCKET}/*` },
    ]);
  });

  test("read with a pattern is restricted to matching keys", () => {
    expect(granted((grants, role) => grants.read(role, "reports/*"))).toEqual([
      { Action: "s3:ListBucket", Resource: BUCKET, Condition: { StringLike: { "s3:prefix": "reports/*" } } },
      { Action: "s3:GetObject", Resource: `${BUCKET}/reports/*` },
    ]);
  });

  test("write grants neither reading nor listing", () => {
    expect(granted((grants, role) => grants.write(role))).toEqual([
      { Action: "s3:PutObject", Resource: `${BUCKET}/*` },
    ]);
  });

  test("delete grants the deletion of objects, not of versions", () => {
    expect(granted((grants, role) => grants.delete(role))).toEqual([
      { Action: "s3:DeleteObject", Resource: `${BUCKET}/*` },
    ]);
  });

  test("include the customer managed key", () => {
    expect(granted((grants, role) => grants.write(role), "key")).toEqual([
      { Action: "s3:PutObject", Resource: `${BUCKET}/*` },
      { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "arn:aws:kms:us-west-2:111122223333:key/1" },
    ]);
    expect(granted((grants, role) => grants.read(role), "key").at(-1)).toMatchObject({ Action: "kms:Decrypt" });
  });

  test("do not change the bucket policy", () => {
    const stack = awsStack();
    const bucket = new Bucket(stack, "Files");
    const before = resource(stack, S3BucketPolicy);
    bucket.grants.sync(new Role(stack, "Reader", { trust: TrustPolicy.service("ec2.amazonaws.com") }));
    expect(resource(stack, S3BucketPolicy)).toEqual(before);
  });
});
