import { request } from "node:http";
import { GetBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../../../aws/aws-session";
import type { Fact } from "../fact";
import { type Website, websitesOf } from "./expected";
import { pageSummary, policySummary } from "./summary";

/** The public websites of a stack: bucket policies from AWS's API, pages over HTTP like in a browser. */
export async function actualSites(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  return (await Promise.all(websitesOf(stack).map((website) => siteFacts(session, website)))).flat();
}

async function siteFacts(session: AwsSession, { bucket }: Website): Promise<readonly Fact[]> {
  const { Policy = "{}" } = await session.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: bucket }));
  const index = await get(session, bucket, "/");
  const missing = await get(session, bucket, "/no-such-page");
  return [
    { subject: `policy of ${bucket}`, value: policySummary(Policy, bucket) },
    { subject: `website ${bucket}`, value: `${index.status} ${pageSummary(index.body)}` },
    { subject: `website ${bucket}, missing page`, value: String(missing.status) },
  ];
}

/**
 * Requests a page of the website without credentials. Its host name does not resolve to the local cloud, so it is sent as the
 * `Host` header, which `fetch` does not allow.
 */
function get(
  { endpoint = "", region }: AwsSession,
  bucket: string,
  path: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const host = `${bucket}.s3-website-${region}.amazonaws.com`;
    const outgoing = request(`${endpoint}${path}`, { headers: { host } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
