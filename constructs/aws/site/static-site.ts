import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Bucket, type IBucket } from "../storage/bucket";
import type { AccessLogs } from "./access-logs";
import { Content } from "./content";
import type { IDistribution } from "./distribution/distribution";
import { Hosting } from "./hosting";
import { checkedIndex } from "./page";
import { SiteGrants } from "./site-grants";

/** Properties of {@link StaticSite}. */
export interface StaticSiteProps {
  /** How the site is served. @default - a private bucket behind CloudFront */
  readonly hosting?: Hosting;
  /** Physical name of the bucket, globally unique. @default - a prefix derived from the construct path and a generated suffix */
  readonly bucketName?: string;
  /** Index document of directories. @default "index.html" */
  readonly indexDocument?: string;
  /** Initial content. @default - one small page, until the pipeline has run */
  readonly content?: Content;
  /** Destination of access logs. @default - a log bucket created for the site behind CloudFront, none for a public website */
  readonly accessLogs?: AccessLogs;
  /** Whether pages and logs are deleted with the site; otherwise buckets with objects cannot be destroyed. @default false */
  readonly forceDestroy?: boolean;
}

/**
 * Defines a site of static files: pages, scripts, images.
 *
 * Creates a bucket, its index page, and by default CloudFront with TLS, security headers and a log bucket; with
 * `Hosting.publicWebsite()` the bucket's website endpoint over plain HTTP and a policy with public read access.
 * Cost: storage and traffic; see {@link Distribution} for the cost of CloudFront. An idle site costs cents.
 *
 * @example
 * const site = new StaticSite(this, "Shop", { hosting: Hosting.cloudFront({ fallback: Fallback.toIndex() }) });
 * site.grants.deploy(runnerRole);
 */
export class StaticSite extends Construct {
  /** Bucket with the content. */
  readonly bucket: IBucket;
  /** The distribution; undefined for a public website. */
  readonly distribution: IDistribution | undefined;
  /** Public URL of the site. */
  readonly url: string;
  /** Grants on the site. */
  readonly grants: SiteGrants;

  constructor(scope: Construct, id: string, props: StaticSiteProps = {}) {
    super(scope, id);
    const { hosting = Hosting.cloudFront(), content = Content.page(), forceDestroy = false } = props;
    const indexDocument = checkedIndex(props.indexDocument ?? "index.html", this);
    const logs = (props.accessLogs ?? hosting.defaultLogs).bucketIn(this, forceDestroy);
    const bucket = new Bucket(this, "Bucket", {
      ...hosting.bucketProps(indexDocument),
      ...defined({ bucketName: props.bucketName, accessLogs: logs }),
      forceDestroy,
    });
    if (content.html !== undefined)
      bucket.addObject(indexDocument, {
        content: content.html,
        cacheControl: "no-cache",
        managedBy: "others",
      });
    const front = hosting.open(this, { bucket, indexDocument, ...defined({ logs }) });
    this.bucket = bucket;
    this.distribution = front.distribution;
    this.url = front.url;
    this.grants = new SiteGrants(bucket, front.distribution);
  }
}
