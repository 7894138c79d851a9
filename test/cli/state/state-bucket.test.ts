import { createStateBucket } from "@groundwork/cli/state/state-bucket";
import { fakeAws } from "../support/fake-aws";

const LOCATION = { bucket: "acme-states", region: "eu-west-1", accounts: [], stacks: ["production-site"] };

/** An account in which the bucket exists or not, with a policy; records the changes. */
function account(status: number, policy?: string) {
  const changes = new Map<string, Readonly<Record<string, unknown>>>();
  const fail = (code: number) => {
    throw Object.assign(new Error("no"), { $metadata: { httpStatusCode: code } });
  };
  const session = fakeAws((request, input) => {
    if (request === "S3 HeadBucket") return status === 200 ? {} : fail(status);
    if (request === "S3 GetBucketPolicy") return policy === undefined ? fail(404) : { Policy: policy };
    changes.set(request, input);
    return {};
  });
  return { session, changes };
}

describe("createStateBucket", () => {
  test("creates a bucket that is versioned, encrypted, private and readable over TLS only", async () => {
    const { session, changes } = account(404);
    expect(await createStateBucket(session, LOCATION)).toBe("created");
    expect([...changes.keys()]).toEqual([
      "S3 CreateBucket",
      "S3 PutBucketVersioning",
      "S3 PutBucketEncryption",
      "S3 PutPublicAccessBlock",
      "S3 PutBucketOwnershipControls",
      "S3 PutBucketLifecycleConfiguration",
      "S3 PutBucketPolicy",
    ]);
    expect(changes.get("S3 CreateBucket")).toMatchObject({
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    });
    expect(changes.get("S3 PutBucketPolicy")?.["Policy"]).toContain('"aws:SecureTransport":"false"');
  });

  test("has no location in us-east-1, which S3 would reject", async () => {
    const { session, changes } = account(404);
    await createStateBucket(session, { ...LOCATION, region: "us-east-1" });
    expect(changes.get("S3 CreateBucket")).toEqual({ Bucket: "acme-states" });
  });

  test("is idempotent: an existing bucket keeps the other statements of its policy", async () => {
    const policy = { Version: "2012-10-17", Statement: [{ Sid: "Audit", Effect: "Deny" }, { Sid: "TlsOnly" }] };
    const { session, changes } = account(200, JSON.stringify(policy));
    expect(await createStateBucket(session, LOCATION)).toBe("updated");
    expect(changes.has("S3 CreateBucket")).toBe(false);
    const { Statement } = JSON.parse(String(changes.get("S3 PutBucketPolicy")?.["Policy"])) as typeof policy;
    expect(Statement.map(({ Sid }) => Sid)).toEqual(["Audit", "TlsOnly"]);
  });

  test("fails for a bucket of another account, whose name cannot be used", async () => {
    const { session, changes } = account(403);
    await expect(createStateBucket(session, LOCATION)).rejects.toThrow("belongs to another account");
    expect(changes.size).toBe(0);
  });
});
