import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import type { IBucket } from "../../storage/bucket";
import type { ILogBucket } from "../../storage/log-bucket";
import type { Audience } from "./audience";
import { checkedWebAcl } from "./web-acl";
import * as settings from "./distribution-settings";
import type { Domain } from "../domain";
import type { Fallback } from "./fallback";
import type { PriceClass } from "./price-class";
import type { ResponseHeaders } from "./response-headers";

/** What CloudFront serves under. */
export interface IDistribution extends IConstruct {
  readonly distributionId: string;
  readonly distributionArn: string;
  /** Host name that CloudFront gives it. */
  readonly domainName: string;
}

/** How CloudFront serves a bucket. */
export interface DistributionOptions {
  /** What answers for a path that is no file. @default - the index of the directory, or a bare 404 */
  readonly fallback?: Fallback;
  /** Names of the site. @default - the one that CloudFront gives it */
  readonly domain?: Domain;
  /** Headers of every answer. @default - secure ones, in a policy of the site's own */
  readonly headers?: ResponseHeaders;
  /** From where it is served. @default - everywhere but South America, Australia and New Zealand */
  readonly priceClass?: PriceClass;
  /** Countries in which it answers. @default - all */
  readonly audience?: Audience;
  /** Web application firewall: ARN of a global web ACL. Cost: five dollars a month and up. @default - none */
  readonly webAclArn?: string;
  /** Whether an apply waits until every place has the change, some minutes. @default - it does */
  readonly waitForDeployment?: boolean;
}

export interface DistributionProps extends DistributionOptions {
  /** Private bucket to serve. */
  readonly bucket: IBucket;
  /** Object that answers for directories. */
  readonly indexDocument: string;
  /** Bucket for the records. @default - no records */
  readonly logs?: ILogBucket;
}

/**
 * Defines a CloudFront distribution in front of a private bucket.
 *
 * Creates an origin access control, a function that leads paths to files, a response headers policy, the distribution, and
 * with a domain its certificate and alias records. The bucket's policy, and its key's, let this distribution read and no other.
 * Cost: by the gigabyte and the request; the first terabyte a month is free. The function costs ten cents a million requests.
 *
 * @example new Distribution(this, "Distribution", { bucket, indexDocument: "index.html", fallback: Fallback.toIndex() })
 */
export class Distribution extends Construct implements IDistribution {
  readonly distributionId: string;
  readonly distributionArn: string;
  readonly domainName: string;
  /** Address to give to people. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { bucket, domain } = props;
    const distribution = new CloudfrontDistribution(this, "Resource", {
      enabled: true,
      comment: this.node.path,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      defaultRootObject: props.indexDocument,
      waitForDeployment: props.waitForDeployment ?? true,
      origin: [settings.origin(this, bucket)],
      defaultCacheBehavior: settings.behavior(this, props),
      customErrorResponse: settings.missingPage(props.fallback),
      priceClass: settings.priceClass(props.priceClass),
      restrictions: settings.restrictions(props.audience),
      ...settings.names(this, domain),
      ...settings.logging(props.logs),
      ...(props.webAclArn === undefined ? {} : { webAclId: checkedWebAcl(props.webAclArn, this) }),
    });
    this.node.defaultChild = distribution;
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.url = `https://${domain?.primary ?? distribution.domainName}`;
    settings.letIn(bucket, distribution.arn);
    settings.aliasRecords(this, distribution, domain);
  }
}
