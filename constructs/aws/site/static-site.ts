import { Construct } from "constructs";
import type { BucketProps, IBucket } from "../storage/bucket";
import { Bucket } from "../storage/bucket";
import type { AccessLogs } from "./access-logs";
import { Content } from "./content";
import type { IDistribution } from "./distribution/distribution";
import { Hosting } from "./hosting";
import { checkedIndex } from "./page";
import { SiteGrants } from "./site-grants";

export interface StaticSiteProps {
  /** How readers reach the site. @default - a private bucket behind CloudFront */
  readonly hosting?: Hosting;
  /** Physical name of the bucket, unique in the world. @default - begins with the construct path, AWS completes it */
  readonly bucketName?: string;
  /** Object that answers for directories. @default - index.html */
  readonly indexDocument?: string;
  /** What a new site answers with. @default - one small page, until the pipeline has run */
  readonly content?: Content;
  /** Where records of requests go. @default - a log bucket of its own behind CloudFront, nowhere for a public website */
  readonly accessLogs?: AccessLogs;
  /** Whether destroying the site destroys its pages and records. @default - a site with pages stays */
  readonly forceDestroy?: boolean;
}

/**
 * Defines a site of files: pages, scripts, pictures.
 *
 * Creates a bucket, its index page, and what stands in front of it: by default CloudFront with TLS, security headers and a
 * log bucket; with `Hosting.publicWebsite()` the bucket's own endpoint over plain HTTP and a policy that everybody may read.
 * Cost: storage and traffic; see {@link Distribution} for CloudFront's share. An idle site costs cents.
 *
 * @example
 * const site = new StaticSite(this, "Shop", { hosting: Hosting.cloudFront({ fallback: Fallback.toIndex() }) });
 * site.grants.deploy(runnerRole);
 */
export class StaticSite extends Construct {
  readonly bucket: IBucket;
  /** What serves the site; nothing when the bucket does so itself. */
  readonly distribution: IDistribution | undefined;
  /** Address to give to people. */
  readonly url: string;
  /** What identities may do with the site. */
  readonly grants: SiteGrants;

  constructor(scope: Construct, id: string, props: StaticSiteProps = {}) {
    super(scope, id);
    const { hosting = Hosting.cloudFront(), content = Content.page(), forceDestroy = false } = props;
    const indexDocument = checkedIndex(props.indexDocument ?? "index.html", this);
    const logs = (props.accessLogs ?? hosting.defaultLogs).bucketIn(this, forceDestroy);
    const bucket = new Bucket(this, "Bucket", {
      ...hosting.bucketProps(indexDocument),
      ...given(props.bucketName, logs),
      forceDestroy,
    });
    if (content.html !== undefined)
      bucket.addObject(indexDocument, {
        content: content.html,
        cacheControl: "no-cache",
        managedBy: "others",
      });
    const front = hosting.open(this, { bucket, indexDocument, ...(logs && { logs }) });
    this.bucket = bucket;
    this.distribution = front.distribution;
    this.url = front.url;
    this.grants = new SiteGrants(bucket, front.distribution);
  }
}

/** What a bucket is told only when there is something to tell. */
function given(bucketName: string | undefined, accessLogs: IBucket | undefined): BucketProps {
  return { ...(bucketName !== undefined && { bucketName }), ...(accessLogs && { accessLogs }) };
}
