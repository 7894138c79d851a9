import { request } from "node:http";
import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { Clients } from "@groundwork/local/aws/clients";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import type { Website } from "./expected";
import { firstWords, inWords, websitesOf } from "./expected";

/** What the cloud says about a stack's public websites: their policies by the API, their pages as any browser gets them. */
export async function foundSites(clients: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  return (await Promise.all(websitesOf(stack).map((website) => foundSite(clients, website)))).flat();
}

async function foundSite(clients: Clients, { bucket }: Website): Promise<readonly Fact[]> {
  const { Policy = "{}" } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  const index = await get(clients, bucket, "/");
  const missing = await get(clients, bucket, "/no-such-page");
  return [
    { subject: `policy of ${bucket}`, is: inWords(Policy, bucket) },
    { subject: `website ${bucket}`, is: `${index.status} ${firstWords(index.body)}` },
    { subject: `website ${bucket}, a missing page`, is: String(missing.status) },
  ];
}

/** Asks the website's own address, without credentials. The name resolves to the local cloud only here, hence the header. */
function get({ endpoint, region }: Clients, bucket: string, path: string): Promise<{ status: number; body: string }> {
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
