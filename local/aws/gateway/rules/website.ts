import { type Json, jsonOf, listOf, objectOf, textOf } from "../response";
import type { GatewayResponse, Call, Forward } from "../call";
import type { Rule } from "../rule";

/** `<bucket>.s3-website-<region>.amazonaws.com`; newer regions have a dot after `s3-website`. */
const WEBSITE_HOST = /^(.+)\.s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?::\d+)?$/;

/**
 * moto stores a bucket's website settings but serves no website. The rule serves it as S3 does: index and error document from
 * the settings, and 403 unless the bucket policy allows public reads and the public access block does not restrict them.
 */
export const website: Rule = {
  name: "website of a bucket",
  applies: (call) => call.service === "" && WEBSITE_HOST.test(call.headers.host ?? ""),
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
      headers: {
        host: "127.0.0.1",
        authorization: `AWS4-HMAC-SHA256 Credential=test/20000101/${this.region}/s3/aws4_request, SignedHeaders=host, Signature=0`,
      },
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

function shown(call: Call, { headers, body }: GatewayResponse, status: number): GatewayResponse {
  const { "content-type": type, etag, "cache-control": caching } = headers;
  const kept = Object.entries({ "content-type": type, etag, "cache-control": caching }).filter(
    ([, value]) => value !== undefined,
  );
  return { status, headers: Object.fromEntries(kept), body: call.method === "HEAD" ? Buffer.alloc(0) : body };
}

function page(status: number, code: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: Buffer.from(`<html><body><h1>${status}</h1>Code: ${code}</body></html>\n`),
  };
}
