import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { python } from "@groundwork/tooling/python";
import type { LocalCloud } from "./local-cloud";

interface Uri {
  uri: string;
}

/** The part of a distribution's configuration that determines the response for a path, in the format of the CloudFront API. */
interface Distribution {
  readonly Origins: { readonly Items: readonly [{ readonly DomainName: string }] };
  readonly DefaultCacheBehavior: {
    readonly ResponseHeadersPolicyId: string;
    readonly FunctionAssociations: { readonly Items: readonly [{ readonly FunctionARN: string }] };
  };
  readonly CustomErrorResponses: {
    readonly Items?: readonly {
      readonly ErrorCode: number;
      readonly ResponsePagePath: string;
      readonly ResponseCode: string;
    }[];
  };
}

interface HeadersPolicy {
  readonly SecurityHeadersConfig: {
    readonly FrameOptions?: { readonly FrameOption: string };
    readonly ContentTypeOptions?: object;
    readonly StrictTransportSecurity?: { readonly AccessControlMaxAgeSec: number };
    readonly ReferrerPolicy?: { readonly ReferrerPolicy: string };
  };
}

/**
 * Stand-in for a CloudFront edge location. It runs the deployed function on each request, applies the error responses and headers of
 * the deployed distribution, and reads objects from the bucket. It has no cache, no TLS and no origin access control: it reads the
 * bucket as its owner.
 */
export class Edge {
  static async of(cloud: LocalCloud, distributionId: string): Promise<Edge> {
    const aws = client(cloud);
    const configuration = await aws("cloudfront", "get-distribution-config", "--id", distributionId);
    const distribution = (JSON.parse(configuration) as { DistributionConfig: Distribution }).DistributionConfig;
    const { FunctionAssociations, ResponseHeadersPolicyId } = distribution.DefaultCacheBehavior;
    const name = FunctionAssociations.Items[0].FunctionARN.split("/").at(-1) ?? "";
    const directory = mkdtempSync(join(tmpdir(), "groundwork-function-"));
    const file = join(directory, "code.js");
    await aws("cloudfront", "get-function", "--name", name, "--stage", "LIVE", file);
    const code = readFileSync(file, "utf8");
    rmSync(directory, { recursive: true });
    const policy = await aws("cloudfront", "get-response-headers-policy-config", "--id", ResponseHeadersPolicyId);
    const { ResponseHeadersPolicyConfig } = JSON.parse(policy) as { ResponseHeadersPolicyConfig: HeadersPolicy };
    const edge = new Edge(cloud, distribution, code, headersOf(ResponseHeadersPolicyConfig));
    await new Promise<void>((resolve) => edge.server.listen(0, "127.0.0.1", resolve));
    return edge;
  }

  private readonly server: Server;
  private readonly bucket: string;
  private readonly region: string;
  private readonly handler: (event: { readonly request: Uri }) => Uri;

  private constructor(
    private readonly cloud: LocalCloud,
    private readonly distribution: Distribution,
    code: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    const [, bucket = "", region = ""] =
      /^(.+)\.s3\.([\w-]+)\.amazonaws\.com$/.exec(distribution.Origins.Items[0].DomainName) ?? [];
    this.bucket = bucket;
    this.region = region;
    this.handler = runInNewContext(`${code}; handler`) as Edge["handler"];
    this.server = createServer((request, response) => void this.respond(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { uri } = this.handler({ request: { uri: new URL(url, "http://edge").pathname } });
    const found = await this.object(uri);
    const rule = this.distribution.CustomErrorResponses.Items?.find(({ ErrorCode }) => ErrorCode === found.status);
    const page = rule === undefined ? found : await this.object(rule.ResponsePagePath);
    const status = rule === undefined ? found.status : Number(rule.ResponseCode);
    const type = page.headers.get("content-type") ?? "application/xml";
    response.writeHead(status, { ...this.headers, "content-type": type });
    response.end(Buffer.from(await page.arrayBuffer()));
  }

  private object(uri: string): Promise<Response> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20000101/${this.region}/s3/aws4_request, SignedHeaders=host, Signature=0`;
    return fetch(`${this.cloud.endpoint}/${this.bucket}${uri}`, { headers: { authorization } });
  }
}

function headersOf({ SecurityHeadersConfig }: HeadersPolicy): Readonly<Record<string, string>> {
  const { FrameOptions, ContentTypeOptions, StrictTransportSecurity, ReferrerPolicy } = SecurityHeadersConfig;
  return Object.fromEntries(
    [
      ["x-frame-options", FrameOptions?.FrameOption],
      ["x-content-type-options", ContentTypeOptions && "nosniff"],
      [
        "strict-transport-security",
        StrictTransportSecurity && `max-age=${StrictTransportSecurity.AccessControlMaxAgeSec}`,
      ],
      ["referrer-policy", ReferrerPolicy?.ReferrerPolicy],
    ].filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** The AWS CLI with the endpoint of the local cloud. */
function client({ endpoint }: LocalCloud): (...args: readonly string[]) => Promise<string> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  return async (...args) =>
    (await promisify(execFile)(python(), ["-m", "awscli", ...args, "--output", "json"], { env })).stdout;
}
