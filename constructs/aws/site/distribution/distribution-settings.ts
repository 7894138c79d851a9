import type {
  CloudfrontDistribution,
  CloudfrontDistributionConfig,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { Name } from "../../../core/name";
import { KeyUse } from "../../encryption/key-use";
import { Principal } from "../../iam/principal";
import { Statement } from "../../iam/statement";
import type { IBucket } from "../../storage/bucket";
import type { ILogBucket } from "../../storage/log-bucket";
import { Audience } from "./audience";
import { Certificate } from "../certificate";
import type { DistributionProps } from "./distribution";
import type { Domain } from "../domain";
import { Fallback } from "./fallback";
import { CACHING_OPTIMIZED } from "./managed-policies";
import { PriceClass } from "./price-class";
import { ResponseHeaders } from "./response-headers";
import { viewerRequestCode } from "./viewer-request";

type Config<K extends keyof CloudfrontDistributionConfig> = Required<Pick<CloudfrontDistributionConfig, K>>[K];

const ORIGIN = "bucket";
const EDGE_NAME = { service: "CloudFront", maxLength: 64, pattern: /^[\w-]+$/ };

/** The bucket, read with CloudFront's own signature. */
export function origin(scope: Construct, bucket: IBucket) {
  const control = new CloudfrontOriginAccessControl(scope, "OriginAccess", {
    name: Name.of(scope).fit(EDGE_NAME),
    description: `lets CloudFront read for ${scope.node.path}`,
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  return { domainName: bucket.bucketRegionalDomainName, originId: ORIGIN, originAccessControlId: control.id };
}

/** What happens on each request: TLS, path to file, cache, headers. */
export function behavior(scope: Construct, props: DistributionProps): Config<"defaultCacheBehavior"> {
  const { fallback = Fallback.none(), headers = ResponseHeaders.secure(), domain, indexDocument } = props;
  const route = new CloudfrontFunction(scope, "Route", {
    name: Name.of(scope).fit(EDGE_NAME),
    comment: `leads paths to files for ${scope.node.path}`,
    runtime: "cloudfront-js-2.0",
    publish: true,
    code: viewerRequestCode(fallback.routing, indexDocument),
  });
  return {
    targetOriginId: ORIGIN,
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    viewerProtocolPolicy: "redirect-to-https",
    cachePolicyId: CACHING_OPTIMIZED,
    // Below CloudFront's own name nothing is anybody else's; below a domain there may be hosts that still speak HTTP.
    responseHeadersPolicyId: headers.policyIdIn(scope, domain === undefined ? "preload" : "host"),
    functionAssociation: [{ eventType: "viewer-request", functionArn: route.arn }],
  };
}

/** The page for what is missing. It keeps the status: a search engine must not take it for content. */
export function missingPage({ missingPage: page }: Fallback = Fallback.none()) {
  if (page === undefined) return [];
  return [{ errorCode: 404, responseCode: 404, responsePagePath: `/${page}`, errorCachingMinTtl: 10 }];
}

/** From where it is served. */
export function priceClass({ value }: PriceClass = PriceClass.withAsia()): string {
  return value;
}

/** In which countries it answers. */
export function restrictions({ restriction, countries }: Audience = Audience.everywhere()): Config<"restrictions"> {
  return { geoRestriction: { restrictionType: restriction, locations: [...countries] } };
}

/** Names and certificate. CloudFront's own certificate fixes the oldest TLS version itself. */
export function names(
  scope: Construct,
  domain: Domain | undefined,
): Pick<CloudfrontDistributionConfig, "aliases" | "viewerCertificate"> {
  if (domain === undefined) return { viewerCertificate: { cloudfrontDefaultCertificate: true } };
  return {
    aliases: [...domain.names],
    viewerCertificate: {
      acmCertificateArn: certificateArn(scope, domain),
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
  };
}

/** Records of requests. CloudFront refuses a bucket whose access control lists are still off, so it waits for them. */
export function logging(
  logs: ILogBucket | undefined,
): Pick<CloudfrontDistributionConfig, "loggingConfig" | "dependsOn"> {
  if (logs === undefined) return {};
  return {
    loggingConfig: { bucket: logs.bucketRegionalDomainName, prefix: "cloudfront/", includeCookies: false },
    dependsOn: [...logs.writeDependencies],
  };
}

/**
 * Lets one distribution read the bucket, and its key. Listing is what turns a missing object into 404 instead of 403; the
 * list itself cannot be asked for, since neither query strings nor the root of the bucket reach S3.
 */
export function letIn(bucket: IBucket, distributionArn: string): void {
  const who = {
    principals: [Principal.service("cloudfront.amazonaws.com")],
    conditions: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
  bucket.addToPolicy(
    Statement.allow({
      sid: "CloudFrontReads",
      actions: ["s3:GetObject"],
      resources: [`${bucket.bucketArn}/*`],
      ...who,
    }),
    Statement.allow({
      sid: "CloudFrontSeesWhatIsMissing",
      actions: ["s3:ListBucket"],
      resources: [bucket.bucketArn],
      ...who,
    }),
  );
  bucket.encryptionKey?.allow(KeyUse.cloudFront(distributionArn));
}

/** An address record and an IPv6 one for every name, keyed by the name. */
export function aliasRecords(
  scope: Construct,
  { domainName, hostedZoneId }: CloudfrontDistribution,
  domain?: Domain,
): void {
  if (domain === undefined) return;
  const alias = { name: domainName, zoneId: hostedZoneId, evaluateTargetHealth: false };
  for (const name of domain.names)
    for (const type of ["A", "AAAA"])
      new Route53Record(scope, `${name} ${type}`, { zoneId: domain.zone.zoneId, name, type, alias });
}

function certificateArn(scope: Construct, { certificate: { origin: from }, names, primary, zone }: Domain): string {
  if (from.kind === "given") return from.certificateArn;
  const [, ...others] = names;
  return new Certificate(scope, "Certificate", { names: [primary, ...others], zone, provider: from.provider })
    .certificateArn;
}
