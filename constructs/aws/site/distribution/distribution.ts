import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../../core/defined";
import { escapeTerraform } from "../../../core/token";
import type { IBucket } from "../../storage/bucket";
import type { ILogBucket } from "../../storage/log-bucket";
import type { Audience } from "./audience";
import { checkedWebAcl } from "./web-acl";
import * as settings from "./distribution-settings";
import type { Domain } from "../domain";
import { checkedRootObject } from "../page";
import type { Fallback } from "./fallback";
import type { PriceClass } from "./price-class";
import type { ResponseHeaders } from "./response-headers";
import { comment } from "./texts";

/** A CloudFront distribution. */
export interface IDistribution extends IConstruct {
  /** Id of the distribution. */
  readonly distributionId: string;
  /** ARN of the distribution. */
  readonly distributionArn: string;
  /** Host name assigned by CloudFront. */
  readonly domainName: string;
}

/** Options of a distribution in front of a bucket. */
export interface DistributionOptions {
  /** Response for a path without a file. @default - the index of the directory, or an empty 404 */
  readonly fallback?: Fallback;
  /** Domain names of the site. @default - the name assigned by CloudFront */
  readonly domain?: Domain;
  /** Headers of every response. @default - security headers, in a policy created for the site */
  readonly headers?: ResponseHeaders;
  /** Edge locations that serve the site. @default - all except South America, Australia and New Zealand */
  readonly priceClass?: PriceClass;
  /** Countries that can access the site. @default - all */
  readonly audience?: Audience;
  /** Web application firewall: ARN of a global web ACL. Cost: from $5 a month. @default - none */
  readonly webAclArn?: string;
  /** Whether an apply waits until all edge locations have the change, some minutes. @default true */
  readonly waitForDeployment?: boolean;
}

/** Properties of {@link Distribution}. */
export interface DistributionProps extends DistributionOptions {
  /** Private bucket with the files. */
  readonly bucket: IBucket;
  /** Index document of directories. */
  readonly indexDocument: string;
  /** Bucket for access logs. @default - no access logs */
  readonly logs?: ILogBucket;
}

/**
 * Defines a CloudFront distribution in front of a private bucket.
 *
 * Creates an origin access control, a function that rewrites paths to files, a response headers policy, the distribution, and with
 * a domain its certificate and alias records. Adds statements to the policies of bucket and key that allow only this distribution.
 * Cost: by the gigabyte and the request; the first terabyte a month is free. The function costs $0.10 per million requests.
 *
 * @example new Distribution(this, "Distribution", { bucket, indexDocument: "index.html", fallback: Fallback.toIndex() })
 */
export class Distribution extends Construct implements IDistribution {
  /** Id of the distribution. */
  readonly distributionId: string;
  /** ARN of the distribution. */
  readonly distributionArn: string;
  readonly domainName: string;
  /** Public URL of the site. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { bucket, domain } = props;
    const distribution = new CloudfrontDistribution(this, "Resource", {
      enabled: true,
      comment: comment(this.node.path),
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      defaultRootObject: escapeTerraform(checkedRootObject(props.indexDocument, this)),
      waitForDeployment: props.waitForDeployment ?? true,
      origin: [settings.origin(this, bucket)],
      defaultCacheBehavior: settings.behavior(this, props),
      customErrorResponse: settings.missingPage(props.fallback),
      priceClass: settings.priceClass(props.priceClass),
      restrictions: settings.restrictions(props.audience),
      ...settings.names(this, domain),
      ...settings.logging(props.logs),
      ...defined({ webAclId: props.webAclArn === undefined ? undefined : checkedWebAcl(props.webAclArn, this) }),
    });
    this.node.defaultChild = distribution;
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.url = `https://${domain?.primary ?? distribution.domainName}`;
    settings.grantRead(bucket, distribution.arn);
    settings.aliasRecords(this, distribution, domain);
  }
}
