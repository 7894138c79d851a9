import type {
  CloudfrontDistribution,
  CloudfrontDistributionConfig,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { Name } from "../../../core/name";
import { escapeTerraform } from "../../../core/token";
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
import { accessDescription, comment } from "./texts";
import { viewerRequestCode } from "./viewer-request";

type Config<K extends keyof CloudfrontDistributionConfig> = Required<Pick<CloudfrontDistributionConfig, K>>[K];

const ORIGIN = "bucket";
const EDGE_NAME = { service: "CloudFront", maxLength: 64, pattern: /^[\w-]+$/ };

/** The bucket as origin, read with signed requests (origin access control). */
export function origin(scope: Construct, bucket: IBucket) {
  const control = new CloudfrontOriginAccessControl(scope, "OriginAccess", {
    name: Name.of(scope).fit(EDGE_NAME),
    description: accessDescription(`lets CloudFront read for ${scope.node.path}`),
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  return { domainName: bucket.bucketRegionalDomainName, originId: ORIGIN, originAccessControlId: control.id };
}

/** The default cache behavior: TLS, rewriting of paths, cache, response headers. */
export function behavior(scope: Construct, props: DistributionProps): Config<"defaultCacheBehavior"> {
  const { fallback = Fallback.none(), headers = ResponseHeaders.secure(), domain, indexDocument } = props;
  const route = new CloudfrontFunction(scope, "Route", {
    name: Name.of(scope).fit(EDGE_NAME),
    comment: comment(`maps paths to files for ${scope.node.path}`),
    runtime: "cloudfront-js-2.0",
    publish: true,
    code: escapeTerraform(viewerRequestCode(fallback.routing, indexDocument)),
  });
  return {
    targetOriginId: ORIGIN,
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    viewerProtocolPolicy: "redirect-to-https",
    cachePolicyId: CACHING_OPTIMIZED,
    // No other hosts exist below the CloudFront name of the distribution; below a domain there may be hosts that still use HTTP.
    responseHeadersPolicyId: headers.policyIdIn(scope, domain === undefined ? "preload" : "host"),
    functionAssociation: [{ eventType: "viewer-request", functionArn: route.arn }],
  };
}

/** The error page. It keeps status 404, so that search engines do not index it. */
export function missingPage({ missingPage: page }: Fallback = Fallback.none()) {
  if (page === undefined) return [];
  return [{ errorCode: 404, responseCode: 404, responsePagePath: escapeTerraform(`/${page}`), errorCachingMinTtl: 10 }];
}

/** The price class. */
export function priceClass({ value }: PriceClass = PriceClass.withAsia()): string {
  return value;
}

/** The geographic restriction. */
export function restrictions({ restriction, countries }: Audience = Audience.everywhere()): Config<"restrictions"> {
  return { geoRestriction: { restrictionType: restriction, locations: [...countries] } };
}

/** Aliases and certificate. The default certificate of CloudFront determines the minimum TLS version itself. */
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

/** Access logs. CloudFront rejects a bucket without access control lists, so the distribution depends on them. */
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
 * Grants one distribution read access to the bucket and its key. With the list permission a missing object returns 404 instead of
 * 403; viewers cannot list the bucket, because neither query strings nor its root path reach S3.
 */
export function grantRead(bucket: IBucket, distributionArn: string): void {
  const distribution = {
    principals: [Principal.service("cloudfront.amazonaws.com")],
    conditions: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
  bucket.addToPolicy(
    Statement.allow({
      sid: "CloudFrontReads",
      actions: ["s3:GetObject"],
      resources: [`${bucket.bucketArn}/*`],
      ...distribution,
    }),
    Statement.allow({
      sid: "CloudFrontSeesWhatIsMissing",
      actions: ["s3:ListBucket"],
      resources: [bucket.bucketArn],
      ...distribution,
    }),
  );
  bucket.encryptionKey?.allow(KeyUse.cloudFront(distributionArn));
}

/** An A and an AAAA alias record per name, keyed by the name. */
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
