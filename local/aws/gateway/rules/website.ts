import type { IncomingHttpHeaders } from "node:http";
import { defined } from "@groundwork/constructs/core";
import { type Json, jsonOf, listOf, objectOf, textOf } from "../response";
import type { GatewayResponse, Call, Forward } from "../call";
import { signatureFor } from "../credentials";
import type { Rule } from "../rule";

/** `<bucket>.s3-website-<region>.amazonaws.com`; newer regions have a dot after `s3-website`. */
const WEBSITE_HOST = /^(.+)\.s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?::\d+)?$/;

/** Whether a request is one for the website of a bucket. A website only reads objects, so pages of other origins cannot change any. */
export function isWebsiteRequest(method: string, { authorization }: IncomingHttpHeaders, host: string): boolean {
  return (method === "GET" || method === "HEAD") && authorization === undefined && WEBSITE_HOST.test(host);
}

/**
 * moto stores a bucket's website settings but serves no website. The rule serves it as S3 does: index and error document from
 * the settings, and 403 unless the bucket policy allows public reads and the public access block does not restrict them.
 */
export const website: Rule = {
  name: "website of a bucket",
  applies: ({ method, headers }) => isWebsiteRequest(method, headers, headers.host ?? ""),
  async handle(call, forward) {
    const [, bucket = "", region = ""] = WEBSITE_HOST.exec(call.headers.host ?? "") ?? [];
    const s3 = new BucketReader(bucket, region, forward);
    const settings = await s3.read("", "website");
    if (settings.status !== 200) return page(404, "NoSuchWebsiteConfiguration");
    if (!(await s3.isPublic())) return page(403, "AccessDenied");
    return visit(call, s3, settings.body.toString());
  },
};

/** The object of a path, the index document of a directory, or the error document. */
async function visit(call: Call, s3: BucketReader, settings: string): Promise<GatewayResponse> {
  const suffix = /<Suffix>([^<]+)</.exec(settings)?.[1] ?? "index.html";
  const found = await s3.read(call.path.endsWith("/") ? `${call.path}${suffix}` : call.path);
  if (found.status === 200) return shown(call, found, 200);

  const errorKey = /<ErrorDocument>\s*<Key>([^<]+)</.exec(settings)?.[1];
  const error = errorKey === undefined ? undefined : await s3.read(`/${errorKey}`);
  return error?.status === 200 ? shown(call, error, 404) : page(404, "NoSuchKey");
}

/** Reads a bucket as its owner. */
class BucketReader {
  constructor(
    private readonly bucket: string,
    private readonly region: string,
    private readonly forward: Forward,
  ) {}

  read(key: string, setting?: string): Promise<GatewayResponse> {
    return this.forward({
      method: "GET",
      path: `/${this.bucket}${key}`,
      query: new URLSearchParams(setting === undefined ? [] : [[setting, ""]]),
      headers: { authorization: signatureFor({ service: "s3", region: this.region }) },
      body: Buffer.alloc(0),
      service: "s3",
      region: this.region,
      action: "",
      form: new URLSearchParams(),
    });
  }

  /** Whether objects are public: a statement of the policy allows it and the public access block does not restrict it. */
  async isPublic(): Promise<boolean> {
    const block = (await this.read("", "publicAccessBlock")).body.toString();
    if (/<RestrictPublicBuckets>true</i.test(block)) return false;
    const policy = await this.read("", "policy");
    return policy.status === 200 && listOf(jsonOf(policy)["Statement"]).some(allowsReading);
  }
}

function allowsReading(statement: Json): boolean {
  const { Effect, Principal, Action, Condition } = objectOf(statement);
  const isPublic = Principal === "*" || objectOf(Principal)["AWS"] === "*";
  const actions = typeof Action === "string" ? [Action] : listOf(Action);
  return (
    Effect === "Allow" &&
    isPublic &&
    Condition === undefined &&
    actions.some((action) => ["s3:GetObject", "s3:*", "*"].includes(textOf(action)))
  );
}

/** An object as a page. Other headers of S3 are not those of a website. */
function shown(call: Call, { headers, body, stream }: GatewayResponse, status: number): GatewayResponse {
  const names = ["content-type", "content-length", "etag", "cache-control"];
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
  if (call.method !== "HEAD") return { status, headers: kept, body, ...defined({ stream }) };
  stream?.destroy();
  return { status, headers: kept, body: Buffer.alloc(0) };
}

function page(status: number, code: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: Buffer.from(`<html><body><h1>${status}</h1>Code: ${code}</body></html>\n`),
  };
}
